#include "gateway/http/Phone.h"

#include "crypto/Bytes.h"

namespace tram::gateway {

namespace {

constexpr std::size_t kCookieChars = 43;  // base64url of 32 bytes

Phone phoneOf(const std::string& cookie) {
    return {cookie.size() == kCookieChars ? crypto::sha256Hex(crypto::view(cookie)) : std::string()};
}

}  // namespace

// Lax: the provider sends the phone back to us from its own site.
Phones::Phones(bool overTls)
    : name_(overTls ? "__Host-tram" : "tram"),
      attributes_(std::string("; Path=/; Max-Age=900; HttpOnly; SameSite=Lax") + (overTls ? "; Secure" : "")),
      key_(crypto::randomBytes(32)) {}

Phone Phones::known(const Exchange& exchange) const {
    return phoneOf(exchange.cookie(name_));
}

Phone Phones::welcome(Exchange& exchange) const {
    if (auto phone = known(exchange); !phone.id.empty()) return phone;
    const auto cookie = crypto::toBase64Url(crypto::randomBytes(32));
    exchange.response.set_header("Set-Cookie", name_ + "=" + cookie + attributes_);
    return phoneOf(cookie);
}

std::string Phones::csrf(const Phone& phone, std::string_view about) const {
    return crypto::keyedHashHex(key_.reveal(), crypto::view(phone.id + '\n' + std::string(about)));
}

bool Phones::proves(const std::string& given, const Phone& phone, std::string_view about) const {
    return !phone.id.empty() &&
           crypto::equalConstantTime(crypto::view(given), crypto::view(csrf(phone, about)));
}

}  // namespace tram::gateway
