// Package suggest ranks the themes for an answer by what coders gave to other answers, and shows the words behind each. It
// writes nothing: a model lives in memory and is the same each time that it is trained on the same codings.
//
// An answer is its base forms, compound parts and their letter sequences, weighted by how rare they are, and its question. Each
// theme has a linear classifier of its own (a support vector machine on features scaled by naive Bayes log-count ratios: Wang and
// Manning 2012, Baselines and Bigrams), whose output becomes a probability (Platt 1999) and a yes or no by a threshold. Probability
// and threshold are set on answers that were held out inside the training data, so that an evaluation never sees the answers that
// it is measured on.
//
// Labels and keywords of the codebook are examples too: a new theme is found by its name before anybody has used it.
package suggest
