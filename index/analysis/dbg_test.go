package analysis
import ("testing";"fmt";"sort")
func TestDbg(t *testing.T){ e:=New(Options{}); tr:=e.voikko.t
 visits:=map[uint32]int{}
 var rec func(s uint32,in []uint16,pos int)
 n:=0; eps,fl,ch,miss:=0,0,0,0
 rec=func(s uint32,in []uint16,pos int){ visits[s]++; d,_:=tr.degree(s); for k:=range d{ a:=tr.arcAt(s,k); if a.in==vfstFinal{continue}; if a.in==0{eps++;rec(a.target(),in,pos)} else if a.in<tr.firstChar {fl++;rec(a.target(),in,pos)} else if pos<len(in)&&in[pos]==a.in {ch++;rec(a.target(),in,pos+1)} else {miss++} } }
 for i,r:=range readLemmas(t,"morphology/lemma_fi.tsv"){ if i%10!=0||len(r.form)>12{continue}; n++; var in []uint16; for _,c:=range r.form{in=append(in,tr.runes[c])}; rec(0,in,0) }
 fmt.Println(n,eps/n,fl/n,ch/n,miss/n)
 type kv struct{s uint32;n int}; var l []kv; for s,c:=range visits{l=append(l,kv{s,c})}; sort.Slice(l,func(i,j int)bool{return l[i].n>l[j].n})
 for _,x:=range l[:25]{ d,_:=tr.degree(x.s); str:=""; for k:=range min(d,6){a:=tr.arcAt(x.s,k); str+=fmt.Sprint(tr.symbols[a.in],":",tr.symbols[a.out]," ")}; fmt.Println(x.s,x.n/1,d,str) }
}
