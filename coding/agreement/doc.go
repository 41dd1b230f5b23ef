// Package agreement measures how far coders agree: rating matrices in, coefficients with 95 % intervals out. It knows nothing
// of surveys.
//
// Ratings may be missing. A unit counts towards agreement where at least two coders rated it; percent agreement, Fleiss' kappa
// and AC1 take their chance agreement from all rated units, as Gwet (2014) has it, Krippendorff's alpha from the paired ones.
//
// Every coefficient comes with an interval at 95 %, cut off at 1 and -1:
//
//   - Cohen's kappa: the large-sample variance of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, and the normal
//     distribution.
//   - Percent, Fleiss' kappa, AC1 and Krippendorff's alpha with any distance: the linearised variance over units of Gwet (2008),
//     British Journal of Mathematical and Statistical Psychology 61, in the form for missing ratings and weights of his Handbook
//     of Inter-Rater Reliability (4th edition, 2014), and Student's t with one degree of freedom less than there are units.
//
// Both are large-sample intervals: with a handful of units, or where all agree, they are narrower than is honest.
package agreement
