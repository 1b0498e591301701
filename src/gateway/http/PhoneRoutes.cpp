#include <algorithm>
#include <array>

#include "gateway/http/Bodies.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"

namespace tram::gateway {
namespace {

constexpr std::size_t kPhoneForm = 4096;
constexpr std::array<std::string_view, 12> kOutcomes = {
    "declined",    "expired",       "cancelled", "taken",           "over",  "unknown",
    "not_granted", "level_too_low", "under_age", "provider_failed", "stale", "app_done"};
constexpr const char* kLookAgain = "2";  // seconds; as often as the kiosk asks
constexpr const char* kMakeSure = "5";   // seconds

const char* wordOf(DeviceLogins::Gone gone) {
    switch (gone) {
        case DeviceLogins::Gone::Expired:
            return "expired";
        case DeviceLogins::Gone::Cancelled:
            return "cancelled";
        case DeviceLogins::Gone::Taken:
            return "taken";
        case DeviceLogins::Gone::Over:
            return "over";
        default:
            return "unknown";
    }
}

void onward(Exchange& exchange, const std::string& where) {
    exchange.response.status = 303;
    exchange.response.set_header("Location", where);
    exchange.response.set_header("Cache-Control", "no-store");
}

struct OutcomeText {
    std::string titleKey, text;
};

/// What VNeID must grant is told in the kiosk's words: both are read at the same moment.
OutcomeText textOf(const Pages& pages, const std::string& language, const std::string& what) {
    const auto key = "web.outcome." + what;
    if (what != "not_granted") return {key + ".title", pages.say(language, key + ".text")};
    return {"login.not_granted.title", pages.say(language, "login.not_granted.what") + " " +
                                           pages.say(language, "login.not_granted.now.1") + " " +
                                           pages.say(language, "login.now.without")};
}

std::string aboutShown(const std::string& userCode) {
    return "shown " + userCode;
}

std::string outcomePath(std::string_view what, const std::string& language) {
    return inLanguage("/d/" + std::string(what), language);
}

}  // namespace

std::string otherLanguage(const std::string& path, const std::string& language) {
    return inLanguage(path, language == "en" ? "vi" : "en");
}

std::string inLanguage(const std::string& path, const std::string& language) {
    return path + (path.find('?') == path.npos ? "?" : "&") + "lang=" + language;
}

void showOutcome(Exchange& exchange, const Pages& pages, int status, const std::string& what,
                 const std::string& language, const std::string& otherUrl, const std::string& back) {
    const auto text = textOf(pages, language, what);
    const bool good = what == "approved" || what == "upload_full" || what == "app_done";
    const auto more = back.empty() ? "" : pages.fill("back.html", language, {{"url", back}});
    pages.show(exchange, {status, language, text.titleKey,
                          pages.fill("outcome.html", language,
                                     {{"look", good ? "ok" : "notice"},
                                      {"title", pages.say(language, text.titleKey)},
                                      {"text", text.text}},
                                     {{"more", more}}),
                          otherUrl});
}

PhoneRoutes::PhoneRoutes(Desk desk, const Pages& pages, const Phones& phones)
    : desk_(desk),
      pages_(pages),
      phones_(phones),
      misses_(desk.config.budgets.userCodesPerAddress, desk.config.budgets.window),
      siteMisses_(desk.config.budgets.userCodesPerSite, desk.config.budgets.window) {
    desk_.router.get("/d", [this](Exchange& exchange) { page(exchange); });
    desk_.router.post("/d", kPhoneForm, [this](Exchange& exchange) { decide(exchange); });
    desk_.router.get("/d/shown", [this](Exchange& exchange) { shown(exchange); });
    desk_.router.get("/d/done", [this](Exchange& exchange) { done(exchange); });
    desk_.router.get("/d/{outcome}", [this](Exchange& exchange) { outcome(exchange); });
    desk_.router.get("/oidc/callback", [this](Exchange& exchange) { callback(exchange); });
}

void PhoneRoutes::askCode(Exchange& exchange, const std::string& language, bool unknown) const {
    // Who has not asked for a language yet gets the session's with the code's page.
    const auto asked = exchange.query("lang").empty() ? "" : language;
    const auto notice = unknown ? pages_.fill("code-unknown.html", language, {}) : "";
    pages_.show(exchange, {unknown ? 404 : 200, language, "web.login.page",
                           pages_.fill("code.html", language, {{"lang", asked}}, {{"notice", notice}}),
                           otherLanguage("/d", language)});
}

void PhoneRoutes::tooMany(Exchange& exchange, const std::string& language, std::chrono::seconds wait) const {
    showOutcome(exchange, pages_, 429, "many", language, otherLanguage("/d", language));
    exchange.response.set_header("Retry-After", std::to_string(wait.count()));
}

void PhoneRoutes::compare(Exchange& exchange, const DeviceLogins::Seen& seen, const Phone& phone,
                          const std::string& language, const std::string& linkKey) const {
    const auto& profile = desk_.city.logins.profile();
    const auto seal = phones_.csrf(phone, aboutShown(seen.userCode));
    pages_.show(
        exchange,
        {200, language, "web.login.page",
         pages_.fill("compare.html", language,
                     {{"station", seen.station},
                      {"ward", wardName(desk_.city.wards, seen.ward)},
                      {"code", seen.userCode},
                      {"csrf", phones_.csrf(phone, seen.userCode)},
                      {"provider", language == "en" ? profile.nameEn : profile.name},
                      {"lang", language}}),
         otherLanguage("/d?code=" + seen.userCode + (linkKey.empty() ? "" : "&k=" + linkKey), language),
         profile.formTargets(), "/d/shown?code=" + seen.userCode + "&seal=" + seal});
}

/// A style sheet is loaded by what renders the page for somebody, with the page's own cookie. A preview's
/// maker reads the page and at most its pictures; a browser that fetches ahead says so.
void PhoneRoutes::shown(Exchange& exchange) {
    exchange.reply(200, "", "text/css; charset=utf-8");
    auto& logins = desk_.city.logins;
    const auto code = UserCode::parse(exchange.query("code"));
    const bool ahead = exchange.header("Sec-Purpose").find("prefetch") != std::string::npos;
    const auto phone = phones_.known(exchange);
    if (!logins.connected() || !code || ahead) return;
    if (phones_.proves(exchange.query("seal"), phone, aboutShown(*code)))
        logins.shown(*code, phone.id, exchange.now);
}

/// "Logged in" is said only when the kiosk has fetched it: until then it may cancel, or never come for it.
/// That it has not got what it fetched, or gives it back, shows a little later.
void PhoneRoutes::done(Exchange& exchange) {
    auto& logins = desk_.city.logins;
    if (!logins.connected()) return answerProblem(exchange.response, 404);
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto code = exchange.query("code");
    const auto outlook =
        logins.outlook(UserCode::parse(code).value_or(""), phones_.known(exchange).id, exchange.now);
    if (!outlook) return gone(exchange, outlook.error(), language);
    const auto here = "/d/done?code=" + *UserCode::parse(code);
    const bool waiting = *outlook == DeviceLogins::Outlook::Waiting;
    showOutcome(exchange, pages_, 200, waiting ? "confirmed" : "approved", language,
                otherLanguage(here, language));
    if (*outlook != DeviceLogins::Outlook::Settled)
        exchange.response.set_header("Refresh", waiting ? kLookAgain : kMakeSure);
}

std::optional<std::chrono::seconds> PhoneRoutes::tooManyMisses(const Exchange& exchange) {
    const auto address = exchange.client();
    if (const auto wait = misses_.exhausted(networkOf(address), exchange.now)) return wait;
    return siteMisses_.exhausted(siteOf(address), exchange.now);
}

void PhoneRoutes::miss(const Exchange& exchange) {
    misses_.spend(networkOf(exchange.client()), exchange.now);
    siteMisses_.spend(siteOf(exchange.client()), exchange.now);
}

/// Looking claims nothing: messengers fetch a link to show what is behind it.
void PhoneRoutes::page(Exchange& exchange) {
    if (!desk_.city.logins.connected()) return answerProblem(exchange.response, 404);
    auto& logins = desk_.city.logins;
    const auto asked = exchange.query("lang"), typed = exchange.query("code");
    const auto phone = phones_.welcome(exchange);
    if (typed.empty()) return askCode(exchange, Pages::languageOf(asked), false);
    const auto code = UserCode::parse(typed);
    // What was scanned is no guess, and pays for nobody's misses behind an address that many share.
    const auto key = exchange.query("k");
    const bool scanned = code && logins.scanned(*code, key);
    if (const auto wait = scanned ? std::nullopt : tooManyMisses(exchange))
        return tooMany(exchange, Pages::languageOf(asked), *wait);
    const auto language = Pages::languageOf(asked, code ? logins.languageOf(*code) : "");
    const auto seen =
        code ? logins.look(*code, phone.id, exchange.now) : tl::unexpected(DeviceLogins::Gone::Unknown);
    if (seen) return compare(exchange, *seen, phone, language, scanned ? key : "");
    if (seen.error() != DeviceLogins::Gone::Unknown) return gone(exchange, seen.error(), language);
    miss(exchange);
    askCode(exchange, language, true);
}

void PhoneRoutes::gone(Exchange& exchange, DeviceLogins::Gone gone, const std::string& language) {
    onward(exchange, outcomePath(wordOf(gone), language));
}

void PhoneRoutes::decide(Exchange& exchange) {
    auto& logins = desk_.city.logins;
    if (!logins.connected()) return answerProblem(exchange.response, 404);
    auto form = parseForm(exchange.body);
    const auto language = Pages::languageOf(form ? (*form)["lang"] : "");
    const auto code = form ? UserCode::parse((*form)["code"]) : std::nullopt;
    const auto phone = phones_.known(exchange);
    // Only a phone that had the right code has a proof for it: that is no guess, and pays for nobody's misses
    // behind an address that many share.
    if (!code || !phones_.proves((*form)["csrf"], phone, *code)) {
        if (const auto wait = tooManyMisses(exchange)) return tooMany(exchange, language, *wait);
        return showOutcome(exchange, pages_, 403, "stale", language,
                           outcomePath("stale", language == "en" ? "vi" : "en"));
    }
    if ((*form)["decision"] != "approve") {
        const auto declined = logins.decline(*code, phone.id, exchange.now);
        if (!declined) return gone(exchange, declined.error(), language);
        return onward(exchange, outcomePath("declined", language));
    }
    const auto url = logins.agree(*code, phone.id, language, exchange.now);
    if (!url) return gone(exchange, url.error(), language);
    onward(exchange, *url);
}

void PhoneRoutes::outcome(Exchange& exchange) {
    const auto what = exchange.place();
    if (std::ranges::find(kOutcomes, what) == kOutcomes.end()) return answerProblem(exchange.response, 404);
    const auto language = Pages::languageOf(exchange.query("lang"));
    showOutcome(exchange, pages_, 200, what, language, otherLanguage("/d/" + what, language));
}

void PhoneRoutes::callback(Exchange& exchange) {
    if (!desk_.city.logins.connected()) return answerProblem(exchange.response, 404);
    const LoginService::Answered said{exchange.query("state"), exchange.query("code"),
                                      exchange.query("error"), exchange.query("iss")};
    const auto returned = desk_.city.logins.returned(said, phones_.known(exchange).id, exchange.now);
    if (const auto* gone = std::get_if<DeviceLogins::Gone>(&returned.how))
        return this->gone(exchange, *gone, returned.language);
    if (const auto* refusal = std::get_if<Refusal>(&returned.how))
        return onward(exchange, outcomePath(name(*refusal), returned.language));
    const auto& code = std::get<LoginService::Returned::Approved>(returned.how).userCode;
    onward(exchange, inLanguage("/d/done?code=" + code, returned.language));
}

}  // namespace tram::gateway
