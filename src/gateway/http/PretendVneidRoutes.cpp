#include <nlohmann/json.hpp>

#include "gateway/http/Bodies.h"
#include "gateway/http/OAuth.h"
#include "gateway/http/ResidentRoutes.h"

namespace tram::gateway {
namespace {

constexpr std::size_t kVneidForm = 8192;

PretendVneid::Params queryOf(const Exchange& exchange) {
    PretendVneid::Params params;
    for (const auto& [name, value] : exchange.request.params) params.emplace(name, value);
    return params;
}

PretendVneid::Params formOf(const Exchange& exchange) {
    return parseForm(exchange.body).value_or(PretendVneid::Params());
}

/// Who agrees; "" when nobody does.
std::string agreedIn(PretendVneid::Params& form) {
    return form["decision"] == "approve" ? form["person"] : "";
}

void answer(Exchange& exchange, PretendVneid::Answer answer) {
    exchange.reply(answer.status, std::move(answer.document));
}

}  // namespace

PretendVneidRoutes::PretendVneidRoutes(Router& router, const Pages& pages, PretendVneid& vneid)
    : pages_(pages), vneid_(vneid) {
    router.get("/demo/vneid/authorize", [this](Exchange& exchange) { authorize(exchange); });
    router.post("/demo/vneid/authorize", kVneidForm, [this](Exchange& exchange) { decide(exchange); });
    router.get("/demo/vneid/app", [this](Exchange& exchange) { app(exchange); });
    router.post("/demo/vneid/app", kVneidForm, [this](Exchange& exchange) { decideApp(exchange); });
    router.post("/demo/vneid/token", kVneidForm, [this](Exchange& exchange) { token(exchange); });
    router.post("/demo/vneid/device", kVneidForm, [this](Exchange& exchange) { device(exchange); });
    router.get("/demo/vneid/userinfo", [this](Exchange& exchange) { userinfo(exchange); });
}

void PretendVneidRoutes::show(Exchange& exchange, const std::string& action, const std::string& request,
                              const PretendVneid::Asked& asked) const {
    const auto language = Pages::languageOf(exchange.query("lang"), asked.language);
    std::string people;
    for (const auto& person : vneid_.people())
        people += pages_.fill("vneid-person.html", language,
                              {{"id", person.id},
                               {"name", person.name},
                               {"about", pages_.say(language, "web.demo.person." + person.situation)}},
                              {{"checked", people.empty() ? " checked" : ""}});
    const auto place =
        asked.place.empty() ? "" : pages_.fill("vneid-place.html", language, {{"place", asked.place}});
    const auto* title = action == "/demo/vneid/app" ? "web.demo.app" : "web.demo.browser";
    pages_.show(exchange, {200, language, title,
                           pages_.fill("vneid.html", language,
                                       {{"heading", pages_.say(language, title)},
                                        {"action", action},
                                        {"request", request},
                                        {"lang", language}},
                                       {{"people", people}, {"place", place}}),
                           otherLanguage(action + "?request=" + request, language)});
}

void PretendVneidRoutes::over(Exchange& exchange, int status, const std::string& language) const {
    showOutcome(exchange, pages_, status, "expired", language, otherLanguage("/d/expired", language));
}

void PretendVneidRoutes::authorize(Exchange& exchange) {
    auto request = exchange.query("request");
    if (request.empty()) request = vneid_.begin(queryOf(exchange), exchange.now).value_or("");
    const auto asked = vneid_.asked(request, exchange.now);
    if (!asked) return over(exchange, 400, Pages::languageOf(exchange.query("lang")));
    show(exchange, "/demo/vneid/authorize", request, *asked);
}

void PretendVneidRoutes::decide(Exchange& exchange) {
    auto form = formOf(exchange);
    const auto back = vneid_.decide(form["request"], agreedIn(form), exchange.now);
    if (!back) return over(exchange, 400, Pages::languageOf(form["lang"]));
    exchange.response.status = 303;
    exchange.response.set_header("Location", *back);
    exchange.response.set_header("Cache-Control", "no-store");
}

void PretendVneidRoutes::app(Exchange& exchange) {
    const auto session = exchange.query("request");
    const auto asked = vneid_.askedByApp(session, exchange.now);
    if (!asked) return over(exchange, 400, Pages::languageOf(exchange.query("lang")));
    show(exchange, "/demo/vneid/app", session, *asked);
}

void PretendVneidRoutes::decideApp(Exchange& exchange) {
    auto form = formOf(exchange);
    const auto language = Pages::languageOf(form["lang"]);
    if (!vneid_.decideApp(form["request"], agreedIn(form), exchange.now))
        return over(exchange, 400, language);
    showOutcome(exchange, pages_, 200, "app_done", language, otherLanguage("/d/app_done", language));
}

void PretendVneidRoutes::token(Exchange& exchange) {
    answer(exchange, vneid_.token(formOf(exchange), exchange.now));
}

void PretendVneidRoutes::userinfo(Exchange& exchange) {
    answer(exchange, vneid_.userinfo(bearerOf(exchange), exchange.now));
}

void PretendVneidRoutes::device(Exchange& exchange) {
    const auto code = vneid_.beginApp(formOf(exchange), exchange.now);
    exchange.reply(200, nlohmann::json{{"device_code", code.deviceCode},
                                       {"qr", vneid_.appUrl(code.session)},
                                       {"expires_in", 120},
                                       {"interval", 2}}
                            .dump());
}

}  // namespace tram::gateway
