package sets

import "avokoodi/coding"

// flag counts the codings and marks of an answer that are to be looked at again.
func (b *Board) flag(a coding.AnswerID, before, after coding.StepID) {
	if before != 0 {
		b.flags[a]--
	}
	if after != 0 {
		b.flags[a]++
	}
	if b.flags[a] > 0 {
		b.recheck.Add(uint32(a))
		return
	}
	delete(b.flags, a)
	b.recheck.Remove(uint32(a))
}

func (b *Board) applyCoding(before, after any) error {
	old, had := before.(coding.Coding)
	c, has := after.(coding.Coding)
	if had {
		b.flag(old.Answer, old.Recheck, 0)
	}
	if has {
		b.flag(c.Answer, 0, c.Recheck)
	}
	if had && (!has || !old.At.Equal(c.At) || old.Answer != c.Answer) {
		b.moments.went(old.Answer, old.At)
	}
	if has {
		b.moments.came(c.Answer, c.At)
	}
	if had && has && old.Answer == c.Answer && old.Theme == c.Theme && old.Coder == c.Coder {
		return nil // only its evidence changed
	}
	if had {
		if err := b.dropCoding(old); err != nil {
			return err
		}
	}
	if has {
		return b.addCoding(c)
	}
	return nil
}

func (b *Board) addCoding(c coding.Coding) error {
	id := uint32(c.Answer)
	who := b.coder(c.Coder)
	if !b.all.Contains(id) || who.themes.has(c.Theme, id) {
		return errRebuild
	}
	who.themes.add(c.Theme, id)
	b.retheme(c.Theme, id)
	*b.count.at(id)++
	b.codings++
	b.restate(who, id)
	return nil
}

func (b *Board) dropCoding(c coding.Coding) error {
	id := uint32(c.Answer)
	who := b.coder(c.Coder)
	if !who.themes.drop(c.Theme, id) {
		return errRebuild
	}
	*b.count.at(id)--
	b.codings--
	b.retheme(c.Theme, id)
	b.restate(who, id)
	return nil
}

func (b *Board) applyMark(before, after any) error {
	if old, ok := before.(coding.Mark); ok {
		b.flag(old.Answer, old.Recheck, 0)
		b.moments.went(old.Answer, old.At)
		who := b.coder(old.Coder)
		if !who.marks.drop(old.State, uint32(old.Answer)) {
			return errRebuild
		}
		b.restate(who, uint32(old.Answer))
	}
	if m, ok := after.(coding.Mark); ok {
		b.flag(m.Answer, 0, m.Recheck)
		if !b.all.Contains(uint32(m.Answer)) {
			return errRebuild
		}
		b.moments.came(m.Answer, m.At)
		who := b.coder(m.Coder)
		who.marks.add(m.State, uint32(m.Answer))
		b.restate(who, uint32(m.Answer))
	}
	return nil
}

// restate derives the state of one answer anew, for the coder who judged it and for all together.
func (b *Board) restate(who *coder, id uint32) {
	coded := false
	for _, with := range who.themes {
		coded = coded || with.Contains(id)
	}
	settle(who.states, id, coded, who.marks.has(coding.StateNoTheme, id), who.marks.has(coding.StateUnusable, id))
	b.restateAll(id)
}

func settle(states group[coding.State], id uint32, coded, noTheme, unusable bool) {
	state := coding.StateOpen
	switch {
	case coded:
		state = coding.StateCoded
	case unusable:
		state = coding.StateUnusable
	case noTheme:
		state = coding.StateNoTheme
	}
	for _, s := range judged {
		if s == state {
			states.add(s, id)
		} else {
			states.drop(s, id)
		}
	}
}

func (b *Board) applyMemo(before, after any) {
	if m, ok := before.(coding.Memo); ok && m.On == coding.MemoAnswer {
		id := uint32(m.Target)
		b.memos.drop(m.Author, id)
		still := false
		for _, with := range b.memos {
			still = still || with.Contains(id)
		}
		if !still {
			b.memo.Remove(id)
		}
	}
	if m, ok := after.(coding.Memo); ok && m.On == coding.MemoAnswer {
		b.memos.add(m.Author, uint32(m.Target))
		b.memo.Add(uint32(m.Target))
	}
}

func (b *Board) applyQuote(before, after any) error {
	if q, ok := before.(coding.Quote); ok {
		if b.quotes[q.Answer] == 0 {
			return errRebuild
		}
		if b.quotes[q.Answer]--; b.quotes[q.Answer] == 0 {
			delete(b.quotes, q.Answer)
			b.quote.Remove(uint32(q.Answer))
		}
	}
	if q, ok := after.(coding.Quote); ok {
		b.quotes[q.Answer]++
		b.quote.Add(uint32(q.Answer))
	}
	return nil
}
