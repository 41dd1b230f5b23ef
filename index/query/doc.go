// Package query is the language in which people ask for answers. Parse turns what a person typed into a tree and says
// where and why it can't; it knows nothing of indexes, languages or projects.
//
//	kunta palvelu          both words, in any inflection
//	"kunnan tuki"          exactly these words in this order, no inflection
//	"kunta tuki"~          these words in this order, in any inflection
//	tuki OR avustus        either; binds looser than writing words side by side
//	-hanke  -(a OR b)      not
//	maahanmuutt*  *työ     words that begin or end so, in the very form written
//	yhteistyö~             also with a typing error or two
//	theme:koordinaatio     a field; also teema: or tema:, and any variable's key
//	language:sv,en         any of several values
//	region:"Etelä-Savo"    a value with spaces
package query
