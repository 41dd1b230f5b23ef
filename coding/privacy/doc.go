// Package privacy finds what identifies people in text, and tells how many share a combination of background classes.
//
// The finder proposes; a person decides what is masked. Identity codes, account numbers and addresses of the net are checked by
// their own rules (dates, check characters), so that statute numbers, years and shares are not taken for them. What looks like
// an identity code or an e-mail address but fails its check is found as KindSuspect: a mistyped code identifies as well as a
// right one. The word lists in words/ were made for this program.
package privacy
