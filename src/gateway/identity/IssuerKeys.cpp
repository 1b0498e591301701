#include "gateway/identity/IssuerKeys.h"

#include <nlohmann/json.hpp>

namespace tram::gateway {
namespace {

using nlohmann::json;

std::string encoded(const json& value) {
    return crypto::toBase64Url(crypto::view(value.dump()));
}

/// RFC 7638 §3.2 with RFC 8037 §2's members, in the order of their names.
std::string thumbprint(const crypto::VerifyKey& key) {
    const auto text = R"({"crv":"Ed25519","kty":"OKP","x":")" + key.text() + "\"}";
    return crypto::toBase64Url(*crypto::fromHex(crypto::sha256Hex(crypto::view(text))));
}

}  // namespace

/// A clock that was set back makes no key older.
void IssuerKeys::care(base::WallTime now) {
    if (keys_.empty() || now - keys_.front().since >= kNewEvery) {
        auto key = crypto::SigningKey::generate();
        auto id = thumbprint(key.verifyKey());
        keys_.insert(keys_.begin(), Key{std::move(key), std::move(id), now});
    }
    // What came after a key was made when that one ended.
    while (keys_.size() > 1 && now - keys_[keys_.size() - 2].since >= kStillListed) keys_.pop_back();
}

std::string IssuerKeys::sign(const json& claims, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    care(now);
    const auto& [key, id, since] = keys_.front();
    const auto input = encoded({{"alg", "EdDSA"}, {"kid", id}, {"typ", "JWT"}}) + "." + encoded(claims);
    return input + "." + crypto::toBase64Url(key.sign(crypto::view(input)));
}

std::string IssuerKeys::jwks(base::WallTime now) {
    const std::lock_guard lock(mutex_);
    care(now);
    auto list = json::array();
    for (const auto& [key, id, since] : keys_)
        list.push_back({{"kty", "OKP"},
                        {"crv", "Ed25519"},
                        {"use", "sig"},
                        {"alg", "EdDSA"},
                        {"kid", id},
                        {"x", key.verifyKey().text()}});
    return json{{"keys", std::move(list)}}.dump();
}

}  // namespace tram::gateway
