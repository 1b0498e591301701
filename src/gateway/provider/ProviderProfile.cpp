#include "gateway/provider/ProviderProfile.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/Files.h"
#include "crypto/KeyFile.h"
#include "wire/Json.h"
#include "wire/Link.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using Profile = ProviderProfile;

constexpr std::size_t kMostBytes = 64 * 1024, kMostText = 512;

template <class T, std::size_t N>
using Table = std::array<std::pair<std::string_view, T>, N>;

constexpr Table<Profile::Scan, 2> kScans = {
    {{"phone_browser", Profile::Scan::PhoneBrowser}, {"provider_app", Profile::Scan::ProviderApp}}};
constexpr Table<Profile::ClientAuth, 3> kAuths = {{{"client_secret_basic", Profile::ClientAuth::Basic},
                                                   {"client_secret_post", Profile::ClientAuth::Post},
                                                   {"none", Profile::ClientAuth::None}}};
constexpr Table<Profile::DateFormat, 4> kDates = {{{"YYYY-MM-DD", Profile::DateFormat::YearMonthDay},
                                                   {"DD/MM/YYYY", Profile::DateFormat::DayMonthYear},
                                                   {"DDMMYYYY", Profile::DateFormat::DayMonthYearDigits},
                                                   {"YYYYMMDD", Profile::DateFormat::YearMonthDayDigits}}};
constexpr Table<Refusal, 5> kRefusals = {{{"declined", Refusal::Declined},
                                          {"not_granted", Refusal::NotGranted},
                                          {"level_too_low", Refusal::LevelTooLow},
                                          {"under_age", Refusal::UnderAge},
                                          {"provider_failed", Refusal::ProviderFailed}}};

tl::unexpected<base::Problem> bad(std::string key, std::string expected) {
    return base::fail(ProblemKind::BadConfig, {{"key", std::move(key)}, {"expected", std::move(expected)}});
}

template <class T, std::size_t N>
std::optional<T> valueIn(const Table<T, N>& table, std::string_view word) {
    for (const auto& [name, value] : table)
        if (name == word) return value;
    return std::nullopt;
}

template <class T, std::size_t N>
void choose(wire::Members& members, const char* key, const Table<T, N>& table, T& into) {
    if (!members.has(key)) return;
    const auto value = valueIn(table, members.text(key, 32));
    if (!value) return members.refuse(key);
    into = *value;
}

/// What passes over it is a person's name and number.
bool isEndpoint(std::string_view url) {
    return url.size() <= kMostText && wire::isToken(url) &&
           (url.starts_with("https://") || url.starts_with("http://127.0.0.1:"));
}

std::set<std::string> words(wire::Members& members, const char* key) {
    std::set<std::string> all;
    if (!members.has(key)) return all;
    for (const auto& item : members.array(key, 0, 16)) {
        if (!item.is_string() || item.get<std::string>().size() > 64)
            members.refuse(key);
        else
            all.insert(item.get<std::string>());
    }
    return all;
}

void readClaims(wire::Members& members, Profile::Claims& claims) {
    wire::Members names(members.object("claims"));
    claims.subject = names.text("subject", 128, wire::isNotEmpty);
    claims.name = names.text("name", 128, wire::isNotEmpty);
    claims.birthdate = names.text("birthdate", 128, wire::isNotEmpty);
    claims.level = names.text("level", 128, wire::isNotEmpty);
    claims.personalNumber = names.text("personal_number", 128, wire::isNotEmpty);
    claims.type = names.optionalText("type", 128);
    claims.phone = names.optionalText("phone", 128);
    members.adopt(names.finish());
}

void readLevels(wire::Members& members, std::map<std::string, int>& levels) {
    for (const auto& [value, level] : members.object("levels").items()) {
        if (level != 1 && level != 2) return members.refuse("levels");
        levels[value] = level.get<int>();
    }
    if (levels.empty()) members.refuse("levels");
}

void readErrors(wire::Members& members, std::map<std::string, Refusal>& errors) {
    errors["access_denied"] = Refusal::Declined;  // RFC 6749 §4.1.2.1
    if (!members.has("errors")) return;
    for (const auto& [code, reason] : members.object("errors").items()) {
        const auto refusal =
            reason.is_string() ? valueIn(kRefusals, reason.get<std::string>()) : std::nullopt;
        if (!refusal) return members.refuse("errors");
        errors[code] = *refusal;
    }
}

void readEndpoints(wire::Members& members, Profile& profile) {
    const bool app = profile.scan == Profile::Scan::ProviderApp;
    profile.tokenEndpoint = members.text("token_endpoint", kMostText, isEndpoint);
    profile.userinfoEndpoint = members.text("userinfo_endpoint", kMostText, isEndpoint);
    profile.deviceEndpoint = members.optionalText("device_authorization_endpoint", kMostText, isEndpoint);
    profile.authorizationEndpoint = members.optionalText("authorization_endpoint", kMostText, isEndpoint);
    if (app && profile.deviceEndpoint.empty()) members.refuse("device_authorization_endpoint");
    if (!app && profile.authorizationEndpoint.empty()) members.refuse("authorization_endpoint");
    profile.origins = words(members, "origins");
    for (const auto& origin : profile.origins)
        if (!isEndpoint(origin) || origin.find_first_of(";, '\"") != origin.npos) members.refuse("origins");
    profile.qrMember =
        members.has("qr_member") ? members.text("qr_member", 64, wire::isToken) : "verification_uri_complete";
    profile.placeParameter = members.optionalText("place_parameter", 64, wire::isToken);
}

void readIdToken(wire::Members& members, Profile& profile) {
    profile.idToken = members.flag("id_token");
    if (!profile.idToken) return;
    profile.jwksUri = members.text("jwks_uri", kMostText, isEndpoint);
    profile.algorithms = words(members, "algorithms");
    // STANDARDS 4: never none, never a shared secret.
    for (const auto& algorithm : profile.algorithms)
        if (algorithm != "RS256" && algorithm != "ES256" && algorithm != "EdDSA")
            members.refuse("algorithms");
    if (profile.algorithms.empty()) members.refuse("algorithms");
}

void readUpdatable(wire::Members& members, Profile& profile) {
    for (const auto& word : words(members, "updatable")) {
        if (word.empty() || word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != word.npos)
            members.refuse("updatable");
        profile.updatable.push_back(word);
    }
    profile.updateLink = members.optionalText("update_link", kMostText, wire::isHttpsLink);
    // Where nobody can be led there is nothing to offer.
    if (profile.updatable.empty() != profile.updateLink.empty()) members.refuse("update_link");
}

Result<base::SecretText> readSecret(const std::filesystem::path& file) {
    const auto size = [&]() -> std::size_t {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(file, error);
        return error || bytes > 4096 ? 0 : static_cast<std::size_t>(bytes);
    }();
    auto bytes = crypto::loadKeyFile(file, size);
    if (!bytes) return tl::unexpected(bytes.error());
    std::string text(bytes->reveal().begin(), bytes->reveal().end());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return base::SecretText(std::move(text));
}

Result<void> readClient(wire::Members& members, Profile& profile) {
    profile.clientId = members.text("client_id", kMostText, wire::isNotEmpty);
    choose(members, "client_auth", kAuths, profile.clientAuth);
    if (profile.clientAuth == Profile::ClientAuth::None) return {};
    const auto file = members.text("client_secret_file", kMostText, wire::isNotEmpty);
    if (auto fine = members.finishLeniently(); !fine) return fine;
    auto secret = readSecret(file);
    if (!secret) return tl::unexpected(secret.error());
    profile.clientSecret = std::move(*secret);
    return {};
}

}  // namespace

Result<ProviderProfile> ProviderProfile::parse(std::string_view text) {
    const auto body = wire::parseJson(text, kMostBytes);
    if (!body) return bad("identity_provider", "JSON");
    wire::Members members(*body);
    Profile profile;
    profile.name = members.text("name", 64, wire::isNotEmpty);
    profile.nameEn = members.has("name_en") ? members.text("name_en", 64, wire::isNotEmpty) : profile.name;
    profile.issuer = members.text("issuer", kMostText, wire::isToken);
    if (!members.has("scan")) members.refuse("scan");
    choose(members, "scan", kScans, profile.scan);
    profile.scope =
        members.has("scope") ? members.text("scope", kMostText, wire::isNotEmpty) : "openid profile";
    readEndpoints(members, profile);
    readIdToken(members, profile);
    readClaims(members, profile.claims);
    choose(members, "birthdate_format", kDates, profile.birthdateFormat);
    readLevels(members, profile.levels);
    profile.foreigners = words(members, "foreigner_types");
    readErrors(members, profile.errors);
    if (members.has("minimum_level"))
        profile.minimumLevel = static_cast<int>(members.integer("minimum_level", 1, 2));
    if (members.has("minimum_age"))
        profile.minimumAge = static_cast<int>(members.integer("minimum_age", 0, 120));
    profile.caFile = members.optionalText("ca_file", kMostText);
    readUpdatable(members, profile);
    if (auto client = readClient(members, profile); !client && client.error().kind != ProblemKind::Malformed)
        return tl::unexpected(client.error());
    if (auto whole = members.finish(); !whole) {
        const auto key = whole.error().fact("key");
        return bad("identity_provider." + std::string(key),
                   key.empty() ? "no such key" : "see docs/OPERATING.md");
    }
    return profile;
}

std::string ProviderProfile::formTargets() const {
    std::string list = "'self'";
    const auto path = authorizationEndpoint.find('/', authorizationEndpoint.find("//") + 2);
    if (!authorizationEndpoint.empty()) list += " " + authorizationEndpoint.substr(0, path);
    for (const auto& origin : origins) list += " " + origin;
    return list;
}

Result<ProviderProfile> ProviderProfile::load(const std::filesystem::path& file) {
    const auto text = base::readFile(file, kMostBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

}  // namespace tram::gateway
