// Ciphertext, signatures, tokens and their encodings: what was changed is never taken, what is taken says it
// once.
#include "Fixed.h"
#include "Input.h"
#include "crypto/PassphraseBox.h"
#include "crypto/Stream.h"
#include "crypto/Voprf.h"
#include "oidc/ClientAssertion.h"

using namespace tram;

namespace {

template <class Decode, class Encode>
void canonical(std::string_view text, Decode decode, Encode encode) {
    if (const auto bytes = decode(text)) must(encode(*bytes) == text, "each value has one encoding");
}

void hex(std::string_view text) {
    const auto bytes = crypto::fromHex(text);
    if (bytes) must(crypto::toHex(*bytes).size() == text.size(), "two digits a byte");
}

struct Stream {
    std::string plain, cipher;
    crypto::StreamKey key;
};

Stream makeStream(std::size_t size) {
    Stream stream{std::string(size, 'p'), "", {}};
    auto key = crypto::encryptStream(crypto::view(stream.plain), crypto::view(fixed::kId),
                                     [&](crypto::ByteView piece) -> base::Result<void> {
                                         stream.cipher.append(piece.begin(), piece.end());
                                         return {};
                                     });
    stream.key = std::move(*key);
    return stream;
}

/// Of one piece, of one that is exactly full, and of two.
const Stream& stream(unsigned which) {
    static const Stream streams[] = {makeStream(100), makeStream(64 * 1024), makeStream(64 * 1024 + 5)};
    return streams[which];
}

void damagedStream(Input& input) {
    const auto& genuine = stream(input.choose(3));
    const auto cipher = damaged(genuine.cipher, input);
    const auto plain =
        crypto::decryptStream(crypto::view(cipher), genuine.key, crypto::view(fixed::kId), 1 << 20);
    must(plain.has_value() == (cipher == genuine.cipher),
         "a changed attachment is refused, a whole one read");
}

void foreignHeader(Input& input) {
    auto key = crypto::StreamKey{stream(0).key.key.copy(), stream(0).key.header};
    const auto header = damaged(std::string(key.header.begin(), key.header.end()), input);
    const bool same = crypto::Bytes(header.begin(), header.end()) == key.header;
    key.header.assign(header.begin(), header.end());
    const auto plain =
        crypto::decryptStream(crypto::view(stream(0).cipher), key, crypto::view(fixed::kId), 1 << 20);
    must(plain.has_value() == same, "another header opens nothing");
}

void anyStream(std::string_view cipher) {
    const auto plain =
        crypto::decryptStream(crypto::view(cipher), stream(0).key, crypto::view(fixed::kId), 1 << 20);
    must(!plain || cipher == stream(0).cipher, "nobody makes an attachment without its key");
}

void sealedBox(Input& input) {
    static const auto genuine = fixed::opening().sealingKey().seal(crypto::view("a report"));
    const std::string whole(genuine.begin(), genuine.end());
    const auto box = damaged(whole, input);
    must(fixed::opening().open(crypto::view(box)).has_value() == (box == whole), "a changed box stays shut");
}

void damagedToken(Input& input) {
    static const auto genuine =
        oidc::ClientAssertion::make(fixed::kKiosk, fixed::kAudience, fixed::now(), fixed::signing());
    const auto token = damaged(genuine, input);
    (void)oidc::ClientAssertion::claimedClient(token);
    const auto read =
        oidc::ClientAssertion::verify(token, fixed::kAudience, fixed::now(), fixed::signing().verifyKey());
    must(read.has_value() == (token == genuine), "a changed token is refused");
}

/// Header and claims as somebody with the right key may write them.
void hostileToken(Input& input) {
    const auto header = input.line();
    const auto body =
        crypto::toBase64Url(crypto::view(header)) + "." + crypto::toBase64Url(crypto::view(input.rest()));
    const auto token = body + "." + crypto::toBase64Url(fixed::signing().sign(crypto::view(body)));
    const auto read =
        oidc::ClientAssertion::verify(token, fixed::kAudience, fixed::now(), fixed::signing().verifyKey());
    if (!read) return;
    const auto skew = std::chrono::seconds(60);
    must(read->audience == fixed::kAudience && !read->clientId.empty() && !read->jti.empty(),
         "it is for us, from somebody");
    must(read->issuedAt <= fixed::now() + skew && read->expiresAt >= fixed::now() - skew, "it is in force");
    must(header.find("EdDSA") != header.npos || header.find('\\') != header.npos, "no other algorithm");
    const auto claimed = oidc::ClientAssertion::claimedClient(token);
    must(claimed && *claimed == read->clientId, "one client before and after");
}

void publicKeys(std::string_view text) {
    if (const auto key = crypto::VerifyKey::parse(text)) must(key->text() == text, "a key has one text");
    if (const auto key = crypto::SealingKey::parse(text)) must(key->text() == text, "a key has one text");
}

/// At the least cost there is; a box that asks for more is left alone: what it costs is bounded, not small.
void passphraseBox(Input& input) {
    static const base::SecretText passphrase("correct horse");
    static const auto genuine =
        *crypto::PassphraseBox::lock(base::SecretBytes(crypto::Bytes(32, 7)), passphrase, {1, 8});
    const auto costs = genuine.substr(0, genuine.find('\n', genuine.find('\n') + 1) + 1);
    const auto box = damaged(genuine, input);
    if (!box.starts_with(costs)) return;
    must(crypto::PassphraseBox::unlock(box, passphrase).has_value() == (box == genuine),
         "a changed box stays shut");
}

/// What is decoded is one group element in its one form; no proof but the genuine one is believed.
void blindTokens(Input& input) {
    namespace voprf = crypto::voprf;
    static const auto key = voprf::ServerKey::derive(base::SecretBytes(crypto::Bytes(32, 1)), "fuzz");
    static const auto asked = voprf::blind(base::SecretBytes(crypto::Bytes(16, 2)));
    static const auto good = key.evaluate(asked.element);
    const std::string genuine(good.proof.begin(), good.proof.end());
    const auto proof = damaged(genuine, input);
    const auto output =
        voprf::finalize(asked, {good.element, crypto::Bytes(proof.begin(), proof.end())}, key.publicKey());
    must(output.has_value() == (proof == genuine), "a changed proof is refused, a genuine one believed");
    const auto rest = input.rest();
    const auto element = voprf::Element::parse(crypto::view(rest));
    if (!element) return;
    must(rest == std::string_view(reinterpret_cast<const char*>(element->bytes().data()), voprf::kElement),
         "each element has one encoding");
    must(!voprf::finalize(asked, {*element, good.proof}, key.publicKey()) || *element == good.element,
         "a proof is of one element");
    must(voprf::Element::parse(key.evaluate(*element).element.bytes()).has_value(),
         "what is evaluated is an element");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(12)) {
        case 0:
            canonical(input.rest(), crypto::fromBase64, crypto::toBase64);
            break;
        case 1:
            canonical(input.rest(), crypto::fromBase64Url, crypto::toBase64Url);
            break;
        case 2:
            hex(input.rest());
            break;
        case 3:
            damagedStream(input);
            break;
        case 4:
            foreignHeader(input);
            break;
        case 5:
            anyStream(input.rest());
            break;
        case 6:
            sealedBox(input);
            break;
        case 7:
            damagedToken(input);
            break;
        case 8:
            hostileToken(input);
            break;
        case 9:
            publicKeys(input.rest());
            break;
        case 10:
            passphraseBox(input);
            break;
        case 11:
            blindTokens(input);
            break;
    }
    return 0;
}
