#pragma once
#include <string>
#include <string_view>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::crypto {

/// Secrets locked by a passphrase, for a file that leaves the machine: Argon2id (RFC 9106) makes the key of
/// an XSalsa20-Poly1305 box (libsodium crypto_pwhash, crypto_secretbox). Text of five lines, so that it also
/// survives paper: name, cost, salt, nonce, box.
class PassphraseBox {
  public:
    /// Passes and KiB of memory. What the box says is believed only up to libsodium's "sensitive".
    struct Cost {
        std::uint64_t passes = 3, kib = 256 * 1024;
    };
    /// Internal (detail memory) when the machine has not got so much.
    static base::Result<std::string> lock(const base::SecretBytes& secret, const base::SecretText& passphrase,
                                          Cost cost);
    static base::Result<std::string> lock(const base::SecretBytes& secret,
                                          const base::SecretText& passphrase) {
        return lock(secret, passphrase, Cost{});
    }
    /// Malformed: not such a box. BadSeal: another passphrase, or a changed box; nobody can tell which.
    static base::Result<base::SecretBytes> unlock(std::string_view box, const base::SecretText& passphrase);
};

}  // namespace tram::crypto
