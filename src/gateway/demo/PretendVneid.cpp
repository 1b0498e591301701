#include "gateway/demo/PretendVneid.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "base/PercentEncoding.h"
#include "crypto/Bytes.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::WallTime;
using nlohmann::json;

constexpr const char* kClient = "tram-demo";
constexpr const char* kDeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
constexpr std::chrono::minutes kLife{5};

std::string random() {
    return crypto::toBase64Url(crypto::randomBytes(32));
}

/// RFC 6749 appendix A.5: visible ASCII and blanks, of which more than this is nobody's of ours.
bool isState(std::string_view text) {
    constexpr std::size_t kMost = 512;
    return !text.empty() && text.size() <= kMost &&
           std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~'; });
}

/// RFC 3986 §2.1
std::string at(const PretendVneid::Params& params, const char* key) {
    const auto found = params.find(key);
    return found == params.end() ? "" : found->second;
}

std::string challengeOf(const std::string& verifier) {
    return crypto::toBase64Url(*crypto::fromHex(crypto::sha256Hex(crypto::view(verifier))));
}

/// Two languages are ours; more of a name than a screen shows is nobody's station.
PretendVneid::Asked askedIn(const PretendVneid::Params& params) {
    constexpr std::size_t kMostPlace = 300;
    const auto place = at(params, "binding_message");  // CIBA §7.1
    return {at(params, "ui_locales") == "en" ? "en" : "vi", place.size() <= kMostPlace ? place : ""};
}

PretendVneid::Answer error(int status, const char* code) {
    return {status, json{{"error", code}}.dump()};
}

PretendVneid::Person personFrom(const json& value, wire::Members& parent) {
    wire::Members members(value);
    PretendVneid::Person person;
    person.id = members.text("id", 32, wire::isSlug);
    person.name = members.text("name", 128, wire::isNotEmpty);
    person.situation = members.text("situation", 32, wire::isToken);
    person.age = static_cast<int>(members.integer("age", 0, 120));
    person.month = static_cast<unsigned>(members.integer("month", 1, 12));
    person.day = static_cast<unsigned>(members.integer("day", 1, 28));
    person.place = members.text("place", 3);
    person.serial = members.text("serial", 6);
    person.phone = members.text("phone", 32);
    person.female = members.flag("female");
    parent.adopt(members.finish());
    return person;
}

/// The year in which somebody is that old, today in Ho Chi Minh City: a child stays one.
int birthYear(const PretendVneid::Person& person, WallTime now) {
    const std::chrono::year_month_day today{
        std::chrono::floor<std::chrono::days>(now + std::chrono::hours(7))};
    const bool later = std::pair(static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day())) <
                       std::pair(person.month, person.day);
    return static_cast<int>(today.year()) - person.age - (later ? 1 : 0);
}

/// facts/README.md: place, century and sex, year of birth, six digits.
std::string personalNumber(const PretendVneid::Person& person, int year) {
    const int century = (year / 100 - 19) * 2 + (person.female ? 1 : 0);
    return fmt::format("{}{}{:02}{}", person.place, century, year % 100, person.serial);
}

}  // namespace

PretendVneid::PretendVneid(PretendVneid&& other) noexcept
    : people_(std::move(other.people_)),
      publicUrl_(std::move(other.publicUrl_)),
      redirectUri_(std::move(other.redirectUri_)) {}

Result<PretendVneid> PretendVneid::load(const std::filesystem::path& file, const std::string& publicUrl) {
    const auto text = base::readFile(file, 64 * 1024);
    if (!text) return tl::unexpected(text.error());
    const auto body = wire::parseJson(*text, 64 * 1024);
    if (!body) return tl::unexpected(body.error());
    wire::Members members(*body);
    std::vector<Person> people;
    for (const auto& each : members.array("people", 1, 20)) people.push_back(personFrom(each, members));
    if (auto whole = members.finish(); !whole) return tl::unexpected(whole.error());
    return PretendVneid(std::move(people), publicUrl);
}

const PretendVneid::Person* PretendVneid::find(const std::string& id) const {
    const auto found = std::ranges::find(people_, id, &Person::id);
    return found == people_.end() ? nullptr : &*found;
}

PretendVneid::Errand* PretendVneid::alive(Errands& errands, const std::string& key, WallTime now) {
    std::erase_if(errands, [&](const auto& entry) { return now - entry.second.since >= kLife; });
    const auto found = errands.find(key);
    return found == errands.end() ? nullptr : &found->second;
}

Result<std::string> PretendVneid::begin(const Params& query, WallTime now) {
    const bool ours = at(query, "response_type") == "code" && at(query, "client_id") == kClient &&
                      at(query, "redirect_uri") == redirectUri_ &&
                      at(query, "code_challenge_method") == "S256" &&
                      at(query, "code_challenge").size() == 43 && isState(at(query, "state"));
    if (!ours) return base::fail(ProblemKind::Malformed);
    const std::lock_guard lock(mutex_);
    const auto id = random();
    alive(requests_, id, now);
    requests_.emplace(
        id, Errand{at(query, "state"), at(query, "code_challenge"), "", false, now, askedIn(query)});
    return id;
}

std::optional<PretendVneid::Asked> PretendVneid::asked(const std::string& request, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto* errand = alive(requests_, request, now);
    return errand ? std::optional(errand->asked) : std::nullopt;
}

Result<std::string> PretendVneid::decide(const std::string& request, const std::string& id, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto* errand = alive(requests_, request, now);
    if (!errand) return base::fail(ProblemKind::NotFound);
    const auto* person = find(id);
    auto back = redirectUri_ + "?state=" + base::percentEncoded(errand->state);
    if (!person)
        back += "&error=access_denied";
    else if (person->situation == "not_granted")
        back += "&error=web_access_not_granted";
    else {
        const auto code = random();
        alive(codes_, code, now);
        codes_.emplace(code, Errand{"", errand->challenge, person->id, false, now});
        back += "&code=" + code;
    }
    requests_.erase(request);
    return back;
}

PretendVneid::AppCode PretendVneid::beginApp(const Params& form, WallTime now) {
    const std::lock_guard lock(mutex_);
    AppCode code{random(), random()};
    alive(devices_, code.deviceCode, now);
    std::erase_if(sessions_, [&](const auto& entry) { return !devices_.contains(entry.second); });
    devices_.emplace(code.deviceCode, Errand{"", "", "", false, now, askedIn(form)});
    sessions_.emplace(code.session, code.deviceCode);
    return code;
}

std::optional<PretendVneid::Asked> PretendVneid::askedByApp(const std::string& session, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto device = sessions_.find(session);
    const auto* errand = device == sessions_.end() ? nullptr : alive(devices_, device->second, now);
    return errand ? std::optional(errand->asked) : std::nullopt;
}

bool PretendVneid::decideApp(const std::string& session, const std::string& person, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto device = sessions_.find(session);
    auto* errand = device == sessions_.end() ? nullptr : alive(devices_, device->second, now);
    if (!errand) return false;
    errand->person = find(person) ? person : "";
    errand->declined = errand->person.empty();
    sessions_.erase(device);
    return true;
}

PretendVneid::Answer PretendVneid::tokenFor(const std::string& person, WallTime now) {
    const auto access = random();
    alive(tokens_, access, now);
    tokens_.emplace(access, Errand{"", "", person, false, now});
    return {200, json{{"access_token", access}, {"token_type", "Bearer"}, {"expires_in", 300}}.dump()};
}

PretendVneid::Answer PretendVneid::redeemCode(const Params& form, WallTime now) {
    const auto* errand = alive(codes_, at(form, "code"), now);
    const bool fits = errand && at(form, "redirect_uri") == redirectUri_ &&
                      challengeOf(at(form, "code_verifier")) == errand->challenge;
    const auto person = fits ? errand->person : "";
    codes_.erase(at(form, "code"));
    return fits ? tokenFor(person, now) : error(400, "invalid_grant");
}

PretendVneid::Answer PretendVneid::redeemDevice(const Params& form, WallTime now) {
    const auto code = at(form, "device_code");
    const auto* errand = alive(devices_, code, now);
    if (!errand) return error(400, "expired_token");
    if (errand->declined) return error(400, "access_denied");
    const auto* person = find(errand->person);
    if (!person) return error(400, "authorization_pending");
    devices_.erase(code);
    if (person->situation == "not_granted") return error(400, "web_access_not_granted");
    return tokenFor(person->id, now);
}

PretendVneid::Answer PretendVneid::token(const Params& form, WallTime now) {
    const std::lock_guard lock(mutex_);
    if (at(form, "client_id") != kClient) return error(401, "invalid_client");
    if (at(form, "grant_type") == "authorization_code") return redeemCode(form, now);
    if (at(form, "grant_type") == kDeviceGrant) return redeemDevice(form, now);
    return error(400, "unsupported_grant_type");
}

std::string PretendVneid::claimsOf(const Person& person, WallTime now) const {
    const int year = birthYear(person, now);
    const bool foreigner = person.situation == "foreigner";
    json claims = {{"sub", "demo-" + person.id},
                   {"hoTen", person.name},
                   {"ngaySinh", fmt::format("{:02}/{:02}/{:04}", person.day, person.month, year)},
                   {"mucDo", person.situation == "level_one" ? "1" : "2"},
                   {"loaiTaiKhoan", foreigner ? "NGUOI_NUOC_NGOAI" : "CONG_DAN"}};
    if (!foreigner) claims["soDinhDanh"] = personalNumber(person, year);
    if (!person.phone.empty()) claims["dienThoai"] = person.phone;
    return claims.dump();
}

PretendVneid::Answer PretendVneid::userinfo(const std::string& bearer, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto* errand = alive(tokens_, bearer, now);
    const auto* person = errand ? find(errand->person) : nullptr;
    if (!person) return error(401, "invalid_token");
    tokens_.erase(bearer);
    return {200, claimsOf(*person, now)};
}

}  // namespace tram::gateway
