package analysis

import (
	"strings"
	"sync"
)

// swedishForms are inflected forms that no rule covers, with their base forms.
var swedishForms = wordTable(`
är vara; var vara var; varit vara; vore vara; vara vara; har ha; hade ha; haft ha; kan kunna; kunde kunna; kunnat kunna; ska skola; skall skola; skulle skola;
vill vilja; ville vilja; velat vilja; måste måste; bör böra; borde böra; får få får; fick få; fått få; blir bli; blev bli; blivit bli; blivet bli;
finns finnas finna; fanns finnas finna; funnits finnas finna; finnas finnas finna; hoppas hoppas; minns minnas; mindes minnas; mints minnas; trivs trivas; trivdes trivas; trivts trivas;
lyckas lyckas; lyckades lyckas; lyckats lyckas; tycks tyckas; tycktes tyckas; syns synas; syntes synas; känns kännas känna; kändes kännas känna; behövs behövas behöva; behövdes behövas behöva;
jag jag; mig jag; mej jag; min min; mitt min; mina min; du du; dig du; dej du; din din; ditt din; dina din; han han; honom han; hans hans; hon hon; henne hon; hennes hennes;
den den; det den; de de; dem de; dom de dom; deras deras; dess dess; vi vi; oss vi; vår vår; vårt vår; våra vår; ni ni; er ni er; ert er; era er; sig sig; sej sig; sin sin; sitt sin; sina sin;
denna denna; denne denna; detta denna; dessa denna; någon någon; något någon; några någon; nån någon; nåt någon; ingen ingen; inget ingen; inga ingen; annan annan; annat annan; andra annan; andre annan;
all all; allt all; alla all; vilken vilken; vilket vilken; vilka vilken; sådan sådan; sådant sådan; sådana sådan; sån sådan; sånt sådan; såna sådan; själv själv; självt själv; själva själv; varje varje; var vara var; vars vars;
en en; ett en; och och; att att; som som; inte inte; för för; men men; om om; när när; där där; här här; då då; nu nu; så så; än än; ut ut; upp upp; in in; av av; till till; från från; med med; på på; mot mot;
bra bra; bättre bra; bäst bra; bästa bra; god god; gott god; goda god; godare god; dålig dålig; sämre dålig; sämst dålig; sämsta dålig; värre dålig; värst dålig; värsta dålig;
stor stor; större stor; störst stor; största stor; liten liten; litet liten; lilla liten; lille liten; små liten; mindre liten; minst liten; minsta liten; minste liten; smått liten;
gammal gammal; gammalt gammal; gamla gammal; gamle gammal; äldre gammal; äldst gammal; äldsta gammal; ung ung; yngre ung; yngst ung; yngsta ung; unga ung; ungt ung;
lång lång; längre lång; längst lång; längsta lång; hög hög; högre hög; högst hög; högsta hög; låg låg ligga; lägre låg; lägst låg; lägsta låg; tung tung; tyngre tung; tyngst tung; grov grov; grövre grov; grövst grov;
trång trång; trängre trång; trängst trång; få få; färre få; mycket mycket; mer mycket; mera mycket; mest mycket; mesta mycket; många många; fler många; flera många; flest många; flesta många; lite lite; nära nära; närmare nära; närmast nära; närmsta nära;
gärna gärna; hellre gärna; helst gärna; illa illa; ond ond; ont ond; onda ond; egen egen; eget egen; egna egen;
första första; förste första; tredje tredje; män man; mannen man; männen man; mäns man; männens man; mans man; mannens man; kr krona; kronor krona;
vet veta; visste veta; vetat veta; heter heta; gör göra; gjorde göra; gjort göra; gjord göra; gjorda göra; säger säga; sa säga; sade säga; sagt säga; går gå; gick gå; gått gå; står stå; stod stå; stått stå; ser se; såg se; sett se;
ger ge; gav ge; gett ge; givit ge; tar ta; tog ta; tagit ta; kommer komma; kom komma; kommit komma; ligger ligga; legat ligga; tror tro; trodde tro; trott tro; dör dö; dog dö; dött dö; bor bo; bodde bo; bott bo;
ögon öga; ögonen öga; ögat öga; öron öra; öronen öra; örat öra; huvud huvud; huvudet huvud; huvuden huvud; huvudena huvud; hjärta hjärta; hjärtat hjärta; hjärtan hjärta;
far far fara; fader far; fadern far; fäder far; fäderna far; mor mor; moder mor; modern mor modern; mödrar mor; mödrarna mor; bror bror; broder bror; bröder bror; bröderna bror; dotter dotter; döttrar dotter; döttrarna dotter; dottern dotter;
son son; sonen son; söner son; sönerna son; vän vän; vänner vän; vännerna vän; vännen vän; barn barn; barnet barn; barnen barn; barns barn; barnens barn; barnets barn; människa människa; människor människa; folk folk; folket folk;
kvinna kvinna; kvinnan kvinna; kvinnor kvinna; kvinnorna kvinna; sak sak; saker sak; sakerna sak; saken sak; procent procent;
`)

// swedishUmlauts are noun forms with another vowel than the base form; they
// also end compounds ('industriländer').
var swedishUmlauts = wordTable(`
städer stad; länder land; händer hand; tänder tand; stränder strand; bränder brand; nätter natt; bänder band; böcker bok; bönder bonde; fötter fot; rötter rot; nötter not;
böter bot; ledamöter ledamot; möss mus; löss lus; gäss gås; män man; söner son; döttrar dotter; mödrar mor; fäder far; bröder bror; stänger stång; tänger tång; kläder kläder;
änder and; getter get; ögon öga; öron öra; huvuden huvud; hjärtan hjärta; somrar sommar; himlar himmel; medlemmar medlem;
`)

// umlautEndings may follow an umlauted plural.
var umlautEndings = []string{"", "na", "s", "nas", "en", "ens"}

// swedishVerbs maps the forms of the strong and irregular verbs to their
// infinitives.
var swedishVerbs = sync.OnceValue(func() map[string][]string {
	table := map[string][]string{}
	add := func(form, infinitive string) {
		if form != "-" && !contains(table[form], infinitive) {
			table[form] = append(table[form], infinitive)
		}
	}
	for line := range strings.Lines(ownText("sv_verbs.txt")) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Fields(line)
		if len(f) < 5 {
			continue
		}
		infinitive := f[0]
		for i, form := range f {
			if form == "/" || form == "-" {
				continue
			}
			add(form, infinitive)
			if i != 4 {
				add(form+"s", infinitive)
			}
		}
		if stem, ok := strings.CutSuffix(f[1], "er"); ok {
			add(stem, infinitive)
			add(stem+"s", infinitive)
			add(stem+"es", infinitive)
		}
		if part, ok := strings.CutSuffix(f[4], "en"); ok {
			add(part+"et", infinitive)
			add(part+"na", infinitive)
		} else if f[4] != "-" {
			add(f[4]+"a", infinitive)
		}
	}
	return table
})

// verbPrefixes begin prefixed verbs ('förstå', 'medverka', 'överge').
var verbPrefixes = wordSet(`an av be bi bort de del efter emot er fast fram framåt fri full för före förbi förut genom god hem i ifrån igen ige in inne isär kring kull kvar lös med miss
	mot möjlig ned ner ny när närvar om omkring på rätt runt sam samman sken stånd sär sönder tillbaka till tillgodo tvär und undan under upp uppe ur ut utan ute vid vidare åter över`)
