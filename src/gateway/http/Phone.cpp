#include "gateway/http/Phone.h"

#include "crypto/Bytes.h"

namespace tram::gateway {

namespace {

constexpr std::size_t kCookieChars = 43;  // base64url of 32 bytes

bool isOurs(const std::string& cookie) {
    return cookie.size() == kCookieChars && crypto::fromBase64Url(cookie);
}

Phone phoneOf(const std::string& cookie) {
    return {crypto::sha256Hex(crypto::view(cookie))};
}

}  // namespace

// Lax: the provider sends the phone back to us from its own site.
Phones::Phones(bool overTls)
    : name_(overTls ? "__Host-tram" : "tram"),
      attributes_(std::string("; Path=/; Max-Age=900; HttpOnly; SameSite=Lax") + (overTls ? "; Secure" : "")),
      key_(crypto::randomBytes(32)) {}

void Phones::give(Exchange& exchange, const std::string& cookie) const {
    exchange.response.set_header("Set-Cookie", name_ + "=" + cookie + attributes_);
}

Phone Phones::known(Exchange& exchange) const {
    const auto cookie = exchange.cookie(name_);
    if (!isOurs(cookie)) return {};
    give(exchange, cookie);
    return phoneOf(cookie);
}

Phone Phones::welcome(Exchange& exchange) const {
    if (auto phone = known(exchange); !phone.id.empty()) return phone;
    const auto cookie = crypto::toBase64Url(crypto::randomBytes(32));
    give(exchange, cookie);
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
