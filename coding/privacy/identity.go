package privacy

import "time"

// hetuChecks are the check characters of Finnish identity codes: the nine digits as one number, modulo 31.
// Source: Digital and Population Data Services Agency, 'The personal identity code'.
const hetuChecks = "0123456789ABCDEFHJKLMNPRSTUVWXY"

// hetuCentury is the century of each sign; those other than + - A came in 2023.
func hetuCentury(c rune) int {
	switch {
	case c == '+':
		return 1800
	case dash(c), c >= 'U' && c <= 'Y':
		return 1900
	case c >= 'A' && c <= 'F':
		return 2000
	}
	return 0
}

func upper(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// hetu is DDMMYYCNNNQ. Individual numbers 002–899 are of people, 900–999 temporary.
func hetu(t text, i int) (int, Kind) {
	if !t.digits(i, 6) || !t.digits(i+7, 3) || alnum(t.at(i+11)) {
		return 0, ""
	}
	century := hetuCentury(upper(t[i+6]))
	serial := t.number(i+7, 3)
	if century == 0 || serial < 2 || !isDate(century+t.number(i+4, 2), t.number(i+2, 2), t.number(i, 2)) {
		return 0, ""
	}
	if upper(t.at(i+10)) != rune(hetuChecks[(t.number(i, 6)*1000+serial)%31]) {
		return 0, ""
	}
	return i + 11, KindHetu
}

// personnummer is YYMMDD-NNNN, YYMMDD+NNNN (a hundred years or more), YYMMDDNNNN, or any of these with the century. In a
// coordination number 60 is added to the day; in an interim number a letter stands for the first digit of the serial and counts
// as 1. Source: Skatteverket, SKV 704 and SKV 707.
func personnummer(t text, i int) (int, Kind) {
	run := 0
	for run <= 12 && digit(t.at(i+run)) {
		run++
	}
	for _, long := range []bool{false, true} {
		n := 6
		if long {
			n = 8
		}
		if run < n {
			return 0, ""
		}
		j := i + n
		sign := t.at(j)
		if dash(sign) || sign == '+' {
			j++
		} else {
			sign = 0
		}
		if end, kind := t.serial(i, j, long, sign == '+'); end > 0 {
			return end, kind
		}
	}
	return 0, ""
}

// serial checks the number whose date begins at i and whose serial begins at j.
func (t text) serial(i, j int, long, old bool) (int, Kind) {
	kind := KindPerson
	first := upper(t.at(j))
	switch {
	case digit(first):
		first -= '0'
	case first == 'T' || first == 'R' || first == 'S' || first == 'U' || first == 'W' || first == 'X' || first >= 'J' && first <= 'N':
		first, kind = 1, KindInterim
	default:
		return 0, ""
	}
	if !t.digits(j+1, 3) || alnum(t.at(j+4)) || t.joined(j+4) {
		return 0, ""
	}
	d := i
	centuries := []int{1900, 2000}
	switch {
	case long:
		centuries = []int{t.number(i, 2) * 100}
		d = i + 2
		if c := centuries[0]; c < 1800 || c > 2000 {
			return 0, ""
		}
	case old:
		centuries = []int{1800, 1900}
	}
	month, day := t.number(d+2, 2), t.number(d+4, 2)
	if day >= 60 {
		if kind == KindPerson {
			kind = KindCoord
		}
		// Of a person whose date of birth is not known, month and day are 00.
		month, day = max(month, 1), max(day-60, 1)
	}
	if int(first)*100+t.number(j+1, 2) == 0 || !anyDate(centuries, t.number(d, 2), month, day) {
		return 0, ""
	}
	sum, place := 0, 0
	add := func(n int) {
		if place%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
		place++
	}
	for k := range 6 {
		add(int(t[d+k] - '0'))
	}
	add(int(first))
	for k := 1; k < 4; k++ {
		add(int(t[j+k] - '0'))
	}
	if sum%10 != 0 {
		return 0, ""
	}
	return j + 4, kind
}

// suspectCode is the shape of an identity code with a real date whose check fails: DDMMYY, a sign, three digits and a
// character; or YYMMDD-NNNN with or without the century.
func suspectCode(t text, i int) (int, Kind) {
	if t.digits(i, 6) && t.digits(i+7, 3) && alnum(t.at(i+10)) && !alnum(t.at(i+11)) && !t.joined(i+11) {
		if sign := upper(t[i+6]); hetuCentury(sign) > 0 && anyDate([]int{1800, 1900, 2000}, t.number(i+4, 2), t.number(i+2, 2), t.number(i, 2)) {
			return i + 11, KindSuspect
		}
	}
	if end := t.veiled(i); end > 0 {
		return end, KindSuspect
	}
	for _, n := range []int{6, 8} {
		j := i + n
		if !t.digits(i, n) || !dash(t.at(j)) && t.at(j) != '+' || !t.digits(j+1, 4) || alnum(t.at(j+5)) || t.joined(j+5) {
			continue
		}
		d, centuries := i, []int{1800, 1900, 2000}
		if n == 8 {
			d, centuries = i+2, []int{t.number(i, 2) * 100}
		}
		if day := t.number(d+4, 2); anyDate(centuries, t.number(d, 2), t.number(d+2, 2), day%60) && day > 0 {
			return j + 5, KindSuspect
		}
	}
	return 0, ""
}

// veiled is where an identity code ends of which only the date of birth is given: 150320-xxxx, 150320-****, 150320-; 0 for none.
func (t text) veiled(i int) int {
	if !t.digits(i, 6) || !dash(t.at(i+6)) {
		return 0
	}
	day, month := t.number(i, 2), t.number(i+2, 2)
	if !anyDate([]int{1900, 2000}, t.number(i+4, 2), month, day) && !anyDate([]int{1900, 2000}, day, month, t.number(i+4, 2)) {
		return 0
	}
	j := i + 7
	for t.at(j) == 'x' || t.at(j) == 'X' || t.at(j) == '*' || t.at(j) == '?' {
		j++
	}
	if n := j - i - 7; alnum(t.at(j)) || n != 0 && n != 3 && n != 4 || n == 0 && (dash(t.at(j)) || spaced(t.at(j)) && digit(t.at(j+1))) {
		return 0
	}
	return j
}

// joined tells whether what stands at i ties a further digit to the number before it: 123-4, 123/4, 123.4.
func (t text) joined(i int) bool {
	c := t.at(i)
	return (dash(c) || c == '/' || c == '.' || c == ',' || c == ':' || c == '+') && digit(t.at(i+1))
}

// digits tells whether n digits stand at i.
func (t text) digits(i, n int) bool {
	if i+n > len(t) {
		return false
	}
	for _, c := range t[i : i+n] {
		if !digit(c) {
			return false
		}
	}
	return true
}

// number is the number that n digits at i make.
func (t text) number(i, n int) int {
	out := 0
	for _, c := range t[i : i+n] {
		out = out*10 + int(c-'0')
	}
	return out
}

func anyDate(centuries []int, year, month, day int) bool {
	for _, c := range centuries {
		if isDate(c+year, month, day) {
			return true
		}
	}
	return false
}

func isDate(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}
