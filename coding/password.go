package coding

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// argon2id with the parameters that OWASP recommends: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
)

// MinPassword is the shortest password in code points.
const MinPassword = 10

// hashing bounds the memory that sign-ins can take at once.
var hashing = make(chan struct{}, 4)

func hashPassword(password string) (string, error) {
	if utf8.RuneCountInString(password) < MinPassword {
		return "", problem("password", "person.password_short", MinPassword)
	}
	if len(password) > 1024 {
		return "", problem("password", "person.password_long", 1024)
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	return encodeHash(password, salt), nil
}

func encodeHash(password string, salt []byte) string {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// samePassword compares in constant time. A hash that is empty or not ours matches nothing, after the same work.
func samePassword(hash, password string) bool {
	parts := strings.Split(hash, "$")
	salt := make([]byte, 16)
	ours := len(parts) == 6
	if ours {
		s, err := base64.RawStdEncoding.DecodeString(parts[4])
		if ours = err == nil && len(s) == 16; ours {
			salt = s
		}
	}
	if len(password) > 1024 {
		password, ours = "", false
	}
	got := encodeHash(password, salt)
	return subtle.ConstantTimeCompare([]byte(got), []byte(hash)) == 1 && ours
}
