// Package workshop turns what was chosen for a workshop into its material: each theme with its count, the groups that name it,
// its quotes and the questions to discuss, in one, two or three languages; the agenda with times, and how groups are formed. It
// formats nothing for paper or screens.
//
// Two gates stand before everything that gets in, for the material is handed to people who are not members of the project. Numbers
// come from the tables that readers may ask for, which are protected against being laid side by side. Quotes must be approved, must
// still follow from their answers, and must not say more of their respondent than the project allows.
package workshop
