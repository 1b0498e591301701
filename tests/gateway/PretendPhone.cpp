#include "PretendPhone.h"

#include <catch2/catch.hpp>
#include <regex>

#include "crypto/Bytes.h"
#include "crypto/Keys.h"

namespace tram::test {
namespace {

using nlohmann::json;

constexpr const char* kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

}  // namespace

std::string formOf(const std::map<std::string, std::string>& fields) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string body;
    for (const auto& [name, value] : fields) {
        body += (body.empty() ? "" : "&") + name + "=";
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalnum(byte) || c == '-' || c == '_' || c == '.')
                body += c;
            else
                body += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return body;
}

Reply PretendPhone::send(Ask ask) {
    std::string cookie;
    for (const auto& [name, value] : cookies) cookie += (cookie.empty() ? "" : "; ") + name + "=" + value;
    if (!cookie.empty()) ask.headers.emplace("Cookie", cookie);
    for (const auto& header : more_) ask.headers.insert(header);
    auto reply = city_.send(ask);
    for (const auto& [name, value] : reply.headers) {
        if (name != "Set-Cookie") continue;
        const auto equals = value.find('=');
        cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
    return reply;
}

Reply PretendPhone::get(const std::string& path) {
    return send({.path = path});
}

Reply PretendPhone::post(const std::string& path, const Form& form) {
    return send(
        {.method = "POST", .path = path, .type = "application/x-www-form-urlencoded", .body = formOf(form)});
}

Reply PretendPhone::sendPicture(const std::string& path, const std::string& bytes) {
    const std::string boundary = "----tramtest7MA4YWxkTrZu0gW";
    return send({.method = "POST",
                 .path = path,
                 .type = "multipart/form-data; boundary=" + boundary,
                 .body = "--" + boundary +
                         "\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"IMG_0042.jpg\"\r\n"
                         "Content-Type: image/jpeg\r\n\r\n" +
                         bytes + "\r\n--" + boundary + "--\r\n"});
}

Reply PretendPhone::follow(Reply reply) {
    for (int step = 0; step < 10 && reply.status == 303; ++step) {
        auto where = reply.header("Location");
        if (where.starts_with(city_.url())) where = where.substr(city_.url().size());
        if (!where.starts_with('/')) return reply;
        reply = get(address_ = where);
    }
    return reply;
}

Reply PretendPhone::awaits(Reply page, const std::string& text) {
    (void)eventually([&] {
        if (page.header("Refresh").empty() || shows(page, text)) return true;
        page = follow(get(std::string(address_)));
        return false;
    });
    return page;
}

void PretendPhone::render(const Reply& page) {
    static const std::regex pattern("<link rel=\"stylesheet\" href=\"([^\"]*)\">");
    for (std::sregex_iterator at(page.body.begin(), page.body.end(), pattern), end; at != end; ++at) {
        const auto sheet = get(std::regex_replace((*at)[1].str(), std::regex("&amp;"), "&"));
        CHECK(sheet.status == 200);
        CHECK(sheet.header("Content-Type").starts_with("text/css"));
    }
}

std::string PretendPhone::field(const Reply& page, const std::string& name) {
    std::smatch found;
    const std::regex pattern("<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\">");
    return std::regex_search(page.body, found, pattern) ? found[1].str() : "";
}

Reply PretendPhone::agree(const std::string& userCode) {
    const auto page = get("/d?code=" + userCode);
    return post("/d",
                {{"code", field(page, "code")}, {"csrf", field(page, "csrf")}, {"decision", "approve"}});
}

Reply PretendPhone::decline(const std::string& userCode) {
    const auto page = get("/d?code=" + userCode);
    return post("/d",
                {{"code", field(page, "code")}, {"csrf", field(page, "csrf")}, {"decision", "decline"}});
}

Reply PretendPhone::logIn(const std::string& userCode, const std::string& person) {
    const auto provider = follow(agree(userCode));
    return follow(post("/demo/vneid/authorize", {{"request", field(provider, "request")},
                                                 {"person", person},
                                                 {"decision", person.empty() ? "decline" : "approve"}}));
}

Reply KioskLogin::form(const std::string& path, PretendPhone::Form fields, PretendKiosk& as) {
    fields.emplace("client_assertion_type", kAssertionType);
    fields.emplace("client_assertion", as.assertion());
    return as.city.send({.method = "POST",
                         .path = path,
                         .type = "application/x-www-form-urlencoded",
                         .body = formOf(fields)});
}

std::string KioskLogin::scanned() const {
    const bool app = invitation.contains("provider_qr");
    return invitation.at(app ? "provider_qr" : "verification_uri_complete")
        .get<std::string>()
        .substr(kiosk_.city.url().size());
}

Reply KioskLogin::begin(const std::string& language) {
    nonce = crypto::toBase64Url(crypto::randomBytes(32));
    PretendPhone::Form fields = {{"scope", "openid profile"}, {"nonce", nonce}};
    if (!language.empty()) fields["ui_locales"] = language;
    auto reply = form("/oauth/device_authorization", std::move(fields), kiosk_);
    if (reply.status != 200) return reply;
    invitation = json::parse(reply.body);
    deviceCode = invitation.at("device_code");
    userCode = invitation.at("user_code");
    return reply;
}

Reply KioskLogin::poll(const std::string& device, PretendKiosk& as) {
    return form("/oauth/token",
                {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"device_code", device}},
                as);
}

Reply KioskLogin::poll() {
    return poll(deviceCode, kiosk_);
}

Reply KioskLogin::revoke(const std::string& token, const std::string& hint) {
    PretendPhone::Form fields = {{"token", token}};
    if (!hint.empty()) fields["token_type_hint"] = hint;
    return form("/oauth/revoke", fields, kiosk_);
}

Reply KioskLogin::endSessions() {
    return kiosk_.city.send({.method = "POST", .path = "/v1/sessions/end", .headers = kiosk_.auth()});
}

std::string verdictOf(const Reply& reply) {
    const auto body = json::parse(reply.body, nullptr, false);
    if (!body.is_object() || !body.contains("error")) return std::to_string(reply.status);
    return body.at("error").get<std::string>() +
           (body.contains("reason") ? " " + body.at("reason").get<std::string>() : "");
}

json claimsOf(LiveCity& city, const std::string& idToken) {
    const auto first = idToken.find('.'), second = idToken.find('.', first + 1);
    REQUIRE(second != idToken.npos);
    const auto decoded = [](const std::string& part) {
        const auto bytes = crypto::fromBase64Url(part);
        REQUIRE(bytes);
        return json::parse(*bytes);
    };
    const auto header = decoded(idToken.substr(0, first));
    CHECK(header.at("alg") == "EdDSA");
    const auto keys = json::parse(city.send({.path = "/oauth/jwks"}).body).at("keys");
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const json& each) { return each.at("kid") == header.at("kid"); });
    REQUIRE(key != keys.end());
    const auto verify = crypto::VerifyKey::parse(key->at("x").get<std::string>());
    REQUIRE(verify);
    const auto signature = crypto::fromBase64Url(idToken.substr(second + 1));
    REQUIRE(signature);
    CHECK(verify->verify(crypto::view(idToken.substr(0, second)), *signature));
    return decoded(idToken.substr(first + 1, second - first - 1));
}

}  // namespace tram::test
