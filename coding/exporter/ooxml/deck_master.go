package ooxml

// frame adds what every presentation has: master, layouts, the sheet of notes, themes.
func (d *Deck) frame(p *pack) {
	p.relate(master, "slideLayout", layouts[0])
	p.relate(master, "slideLayout", layouts[1])
	p.relate(master, "theme", "ppt/theme/theme1.xml")
	p.add(master, deckKind+"slideMaster+xml", d.master())
	for i, name := range layouts {
		p.relate(name, "slideMaster", master)
		p.add(name, deckKind+"slideLayout+xml", d.layout(i))
	}
	p.relate(noteSheet, "theme", "ppt/theme/theme2.xml")
	p.add(noteSheet, deckKind+"notesMaster+xml", d.notesMaster())
	for _, name := range []string{"ppt/theme/theme1.xml", "ppt/theme/theme2.xml"} {
		p.add(name, "application/vnd.openxmlformats-officedocument.theme+xml", theme())
	}
}

func (d *Deck) master() []byte {
	s := newShapes("p:sldMaster", d.meta.Lang, "")
	s.with("p:bg", func() {
		s.with("p:bgPr", func() {
			s.with("a:solidFill", func() { s.leaf("a:schemeClr", "val", "bg1") })
			s.leaf("a:effectLst")
		})
	})
	s.beginTree()
	small := func(align string) func() { return func() { s.level(1, align, 1100, false, "tx2") } }
	s.bar(box{0, 0, deckWidth, 110000})
	s.shape("Title", "title", "", &titleBox, anchored(s, "b"), nil, func() { s.say(" ", "", 0, false, nil) })
	s.shape("Text", "body", "1", &bodyBox, anchored(s, "t"), nil, func() { s.say(" ", "", 0, false, nil) })
	s.shape("Footer", "ftr", "3", &footBox, anchored(s, "ctr"), small("l"), func() { s.say(" ", "", 0, false, nil) })
	s.shape("Number", "sldNum", "4", &pageBox, anchored(s, "ctr"), small("r"), func() { s.number(0) })
	s.ends(2)
	colors(s)
	s.start("p:sldLayoutIdLst")
	s.leaf("p:sldLayoutId", "id", "2147483649", "r:id", "rId1")
	s.leaf("p:sldLayoutId", "id", "2147483650", "r:id", "rId2")
	s.end()
	s.start("p:txStyles")
	s.with("p:titleStyle", func() { s.level(1, "l", 3000, true, "tx1") })
	s.with("p:bodyStyle", func() { s.level(1, "l", 2400, false, "tx1") })
	s.with("p:otherStyle", func() { s.level(1, "l", 1200, false, "tx2") })
	s.ends(2)
	return s.tree.part()
}

// bar is the strip of colour along the top.
func (s *shapes) bar(at box) {
	s.start("p:sp")
	s.start("p:nvSpPr")
	s.leaf("p:cNvPr", "id", s.id(), "name", "Bar")
	s.leaf("p:cNvSpPr")
	s.leaf("p:nvPr")
	s.end()
	s.start("p:spPr")
	s.xfrm("a:xfrm", at)
	s.with("a:prstGeom", func() { s.leaf("a:avLst") }, "prst", "rect")
	s.with("a:solidFill", func() { s.leaf("a:schemeClr", "val", "accent1") })
	s.with("a:ln", func() { s.leaf("a:noFill") })
	s.ends(2)
}

func anchored(s *shapes, anchor string) func() {
	return func() {
		s.with("a:bodyPr", func() { s.leaf("a:normAutofit") }, "lIns", "0", "rIns", "0", "anchor", anchor)
	}
}

func colors(s *shapes) {
	s.leaf("p:clrMap", "bg1", "lt1", "tx1", "dk1", "bg2", "lt2", "tx2", "dk2", "accent1", "accent1", "accent2", "accent2", "accent3", "accent3",
		"accent4", "accent4", "accent5", "accent5", "accent6", "accent6", "hlink", "hlink", "folHlink", "folHlink")
}

// level is how text of a level looks.
func (s *shapes) level(n int, align string, size int, bold bool, color string) {
	b := ""
	if bold {
		b = "1"
	}
	s.start("a:lvl"+num(n)+"pPr", "marL", "0", "indent", "0", "algn", align)
	s.leaf("a:buNone")
	s.start("a:defRPr", "lang", Tag(s.lang), "sz", num(size), "b", b)
	s.with("a:solidFill", func() { s.leaf("a:schemeClr", "val", color) })
	s.leaf("a:latin", "typeface", "+mn-lt")
	s.ends(2)
}

// layout is that of a title slide (0) or of any other (1).
func (d *Deck) layout(i int) []byte {
	kind := [...]string{"title", "obj"}[i]
	name := [...]string{"Title Slide", "Title and Content"}[i]
	s := newShapes("p:sldLayout", d.meta.Lang, name, "type", kind, "preserve", "1")
	s.beginTree()
	blank := func() { s.say(" ", "", 0, false, nil) }
	if i == 0 {
		s.shape("Title", "ctrTitle", "", &openBox, anchored(s, "b"), nil, blank)
		s.shape("Subtitle", "subTitle", "1", &underBox, anchored(s, "t"), nil, blank)
	} else {
		s.shape("Title", "title", "", &titleBox, anchored(s, "b"), nil, blank)
		s.shape("Text", "body", "1", &bodyBox, anchored(s, "t"), nil, blank)
		s.shape("Footer", "ftr", "11", &footBox, anchored(s, "ctr"), nil, blank)
		s.shape("Number", "sldNum", "12", &pageBox, anchored(s, "ctr"), nil, func() { s.number(0) })
	}
	s.ends(2)
	s.with("p:clrMapOvr", func() { s.leaf("a:masterClrMapping") })
	s.end()
	return s.tree.part()
}

func (d *Deck) notesMaster() []byte {
	s := newShapes("p:notesMaster", d.meta.Lang, "")
	s.with("p:bg", func() {
		s.with("p:bgPr", func() {
			s.with("a:solidFill", func() { s.leaf("a:schemeClr", "val", "bg1") })
			s.leaf("a:effectLst")
		})
	})
	s.beginTree()
	s.picture(&box{685800, 700000, 5486400, 3086100})
	s.shape("Notes", "body", "1", &box{685800, 4100000, 5486400, 4300000}, nil, nil, func() { s.say(" ", "", 0, false, nil) })
	s.ends(2)
	colors(s)
	s.with("p:notesStyle", func() { s.level(1, "l", 1400, false, "tx1") })
	s.end()
	return s.tree.part()
}

// theme is the colours and the typefaces.
func theme() []byte {
	t := &tree{}
	t.start("a:theme", "xmlns:a", nsA, "name", "Avokoodi")
	t.start("a:themeElements")
	t.start("a:clrScheme", "name", "Avokoodi")
	for _, c := range [][2]string{{"dk1", "1D2126"}, {"lt1", "FFFFFF"}, {"dk2", "565D66"}, {"lt2", "F7F3EA"}, {"accent1", "1F5F5B"}, {"accent2", "BA7917"},
		{"accent3", "4F8BD6"}, {"accent4", "CA6477"}, {"accent5", "659A45"}, {"accent6", "897AD2"}, {"hlink", "1F5F5B"}, {"folHlink", "673672"}} {
		t.with("a:"+c[0], func() { t.leaf("a:srgbClr", "val", c[1]) })
	}
	t.end()
	t.start("a:fontScheme", "name", "Avokoodi")
	for _, kind := range []string{"a:majorFont", "a:minorFont"} {
		t.start(kind)
		t.leaf("a:latin", "typeface", face)
		t.raw(`<a:ea typeface=""/><a:cs typeface=""/>`)
		t.end()
	}
	t.end()
	t.start("a:fmtScheme", "name", "Avokoodi")
	plain := func() { t.with("a:solidFill", func() { t.leaf("a:schemeClr", "val", "phClr") }) }
	three := func(name string, one func()) {
		t.start(name)
		for range 3 {
			one()
		}
		t.end()
	}
	three("a:fillStyleLst", plain)
	three("a:lnStyleLst", func() { t.with("a:ln", plain, "w", "9525") })
	three("a:effectStyleLst", func() { t.with("a:effectStyle", func() { t.leaf("a:effectLst") }) })
	three("a:bgFillStyleLst", plain)
	t.ends(3)
	return t.part()
}
