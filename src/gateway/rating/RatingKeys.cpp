#include "gateway/rating/RatingKeys.h"

#include "wire/VisitToken.h"

namespace tram::gateway {

namespace {

constexpr std::string_view kPurpose = "tram ratings 1\n";
constexpr std::size_t kProofBytes = 16;

}  // namespace

RatingKeys::RatingKeys(const crypto::SigningKey& identity) {
    const auto secret = identity.secret();
    key_ = base::SecretBytes(*crypto::fromHex(crypto::keyedHashHex(secret.reveal(), crypto::view(kPurpose))));
}

/// The purpose stands in front, so that no value of one kind is ever one of another.
std::string RatingKeys::keyed(std::string_view purpose, std::string_view value) const {
    std::string text = std::string(purpose) + '\n' + std::string(value);
    auto hash = crypto::keyedHashHex(key_.reveal(), crypto::view(text));
    base::wipe(text.data(), text.size());
    return hash;
}

/// No code has a line break in it.
std::string RatingKeys::proofOf(std::string_view code, std::string_view office) const {
    auto bytes = *crypto::fromHex(keyed("proof", std::string(code) + '\n' + std::string(office)));
    bytes.resize(kProofBytes);
    return crypto::toBase64Url(bytes);
}

bool RatingKeys::proves(const wire::Rating& rating) const {
    const auto right = proofOf(rating.code, rating.office);
    return crypto::equalConstantTime(crypto::view(right), crypto::view(rating.proof.reveal()));
}

crypto::Bytes RatingKeys::visitSeal(crypto::ByteView sealedPart) const {
    auto bytes = *crypto::fromHex(keyed("visit", crypto::toHex(sealedPart)));
    bytes.resize(wire::VisitToken::kSealBytes);
    return bytes;
}

std::string RatingKeys::ofDossier(std::string_view code) const {
    return keyed("subject dossier", code);
}

std::string RatingKeys::subjectOf(const wire::Rating& rating) const {
    return rating.about == wire::Rating::About::Dossier ? ofDossier(rating.code)
                                                        : keyed("subject visit", rating.proof.reveal());
}

}  // namespace tram::gateway
