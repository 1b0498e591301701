#include "crypto/PassphraseBox.h"

#include <sodium.h>

#include <array>
#include <charconv>

#include "crypto/Bytes.h"
#include "crypto/Sodium.h"

namespace tram::crypto {
namespace {

using base::ProblemKind;
using base::Result;

constexpr std::string_view kName = "tram-passphrase-box-1";
constexpr std::size_t kMaxBox = 1u << 20;

struct Parts {
    PassphraseBox::Cost cost;
    Bytes salt, nonce, box;
};

/// The next line, taken off the front. Every line ends with one line feed.
std::optional<std::string_view> takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

bool takeNumber(std::string_view& text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// "argon2id 3 262144": within what a gateway's machine can be asked for.
std::optional<PassphraseBox::Cost> readCost(std::string_view line) {
    constexpr std::string_view kKind = "argon2id ";
    PassphraseBox::Cost cost;
    if (!line.starts_with(kKind)) return std::nullopt;
    line.remove_prefix(kKind.size());
    if (!takeNumber(line, cost.passes) || !line.starts_with(' ')) return std::nullopt;
    line.remove_prefix(1);
    if (!takeNumber(line, cost.kib) || !line.empty()) return std::nullopt;
    const bool sane =
        cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= crypto_pwhash_OPSLIMIT_SENSITIVE &&
        cost.kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && cost.kib <= crypto_pwhash_MEMLIMIT_SENSITIVE / 1024;
    return sane ? std::optional(cost) : std::nullopt;
}

bool takeBytes(std::string_view& text, Bytes& into, std::size_t least, std::size_t most) {
    const auto line = takeLine(text);
    auto bytes = line ? fromBase64Url(*line) : std::nullopt;
    if (!bytes || bytes->size() < least || bytes->size() > most) return false;
    into = std::move(*bytes);
    return true;
}

std::optional<Parts> read(std::string_view text) {
    Parts parts;
    if (text.size() > kMaxBox || takeLine(text) != kName) return std::nullopt;
    const auto line = takeLine(text);
    const auto cost = line ? readCost(*line) : std::nullopt;
    if (!cost) return std::nullopt;
    parts.cost = *cost;
    const bool whole =
        takeBytes(text, parts.salt, crypto_pwhash_SALTBYTES, crypto_pwhash_SALTBYTES) &&
        takeBytes(text, parts.nonce, crypto_secretbox_NONCEBYTES, crypto_secretbox_NONCEBYTES) &&
        takeBytes(text, parts.box, crypto_secretbox_MACBYTES, kMaxBox) && text.empty();
    return whole ? std::optional(std::move(parts)) : std::nullopt;
}

Result<base::SecretBytes> keyFrom(const base::SecretText& passphrase, const Bytes& salt,
                                  PassphraseBox::Cost cost) {
    ensureSodium();
    Bytes key(crypto_secretbox_KEYBYTES);
    const auto& text = passphrase.reveal();
    const int made = crypto_pwhash(key.data(), key.size(), text.data(), text.size(), salt.data(), cost.passes,
                                   cost.kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    base::SecretBytes secret(std::move(key));
    if (made != 0) return base::fail(ProblemKind::Internal, {{"detail", "memory"}});
    return secret;
}

}  // namespace

Result<std::string> PassphraseBox::lock(const base::SecretBytes& secret, const base::SecretText& passphrase,
                                        Cost cost) {
    const Bytes salt = randomBytes(crypto_pwhash_SALTBYTES);
    const Bytes nonce = randomBytes(crypto_secretbox_NONCEBYTES);
    const auto key = keyFrom(passphrase, salt, cost);
    if (!key) return tl::unexpected(key.error());
    const auto& plain = secret.reveal();
    Bytes box(plain.size() + crypto_secretbox_MACBYTES);
    crypto_secretbox_easy(box.data(), plain.data(), plain.size(), nonce.data(), key->reveal().data());
    std::string text(kName);
    text += "\nargon2id " + std::to_string(cost.passes) + " " + std::to_string(cost.kib);
    for (const Bytes* part : {&salt, &nonce, static_cast<const Bytes*>(&box)})
        text += "\n" + toBase64Url(*part);
    return text + "\n";
}

Result<base::SecretBytes> PassphraseBox::unlock(std::string_view text, const base::SecretText& passphrase) {
    const auto parts = read(text);
    if (!parts) return base::fail(ProblemKind::Malformed);
    const auto key = keyFrom(passphrase, parts->salt, parts->cost);
    if (!key) return tl::unexpected(key.error());
    Bytes plain(parts->box.size() - crypto_secretbox_MACBYTES);
    const int opened = crypto_secretbox_open_easy(plain.data(), parts->box.data(), parts->box.size(),
                                                  parts->nonce.data(), key->reveal().data());
    base::SecretBytes secret(std::move(plain));
    if (opened != 0) return base::fail(ProblemKind::BadSeal);
    return secret;
}

}  // namespace tram::crypto
