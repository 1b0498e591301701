#include "gateway/identity/Subjects.h"

namespace tram::gateway {
namespace {

/// The purpose stands in front, so that no value of one kind is ever one of another.
std::string keyed(const base::SecretBytes& key, std::string_view purpose, std::string_view value) {
    std::string text = std::string(purpose) + '\n' + std::string(value);
    auto hash = crypto::keyedHashHex(key.reveal(), crypto::view(text));
    base::wipe(text.data(), text.size());
    return hash;
}

}  // namespace

Subjects::Subjects(const crypto::SigningKey& identity) {
    const auto secret = identity.secret();
    key_ = base::SecretBytes(*crypto::fromHex(keyed(secret, "tram subjects 1", "")));
}

base::SecretText Subjects::of(std::string_view issuer, const base::SecretText& providerSubject) const {
    std::string who = std::string(issuer) + '\n' + providerSubject.reveal();
    const auto hash = crypto::fromHex(keyed(key_, "sub", who));
    base::wipe(who.data(), who.size());
    return base::SecretText(crypto::toBase64Url(*hash));
}

std::string Subjects::indexOf(const base::SecretText& sub) const {
    return keyed(key_, "report", sub.reveal());
}

std::string Subjects::forSurvey(const std::string& survey, const base::SecretText& sub) const {
    return keyed(key_, "survey\n" + survey, sub.reveal());
}

std::string Subjects::forWatch(const base::SecretText& who) const {
    return keyed(key_, "watch", who.reveal());
}

std::string Subjects::forItem(const base::SecretText& sub, const std::string& code) const {
    return keyed(key_, "item\n" + code, sub.reveal());
}

}  // namespace tram::gateway
