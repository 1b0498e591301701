#include <nlohmann/json.hpp>

#include "gateway/http/OAuth.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "gateway/survey/SurveyResults.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using nlohmann::json;
namespace voprf = crypto::voprf;

constexpr std::size_t kTokenBody = 1024;

std::optional<voprf::Element> blindedIn(const std::string& body) {
    const auto parsed = wire::parseJson(body, kTokenBody);
    if (!parsed) return {};
    wire::Members members(*parsed);
    const auto bytes = crypto::fromBase64Url(members.text("blinded", 43, wire::isToken));
    if (!members.finish() || !bytes) return {};
    return voprf::Element::parse(*bytes);
}

json barsOf(const Tally& tally, const std::string& language) {
    json bars = json::array();
    for (const auto& bar : tally.bars)
        bars.push_back({{"label", bar.label.in(language)}, {"count", bar.count}});
    return bars;
}

/// Counts alone: nothing that one person wrote.
json toJson(const Tally& tally, const std::string& language) {
    json told = {{"text", tally.question->text.in(language)},
                 {"answered", tally.answered},
                 {"bars", barsOf(tally, language)}};
    if (tally.numbers.empty()) return told;
    told["numbers"] = {{"least", tally.numbers.front()},
                       {"most", tally.numbers.back()},
                       {"mean", tally.mean()},
                       {"median", tally.median()}};
    return told;
}

json toJson(const SurveyResults& results, const std::string& language) {
    json told = {{"id", results.survey.survey},
                 {"title", results.survey.form.title.in(language)},
                 {"signed", results.survey.form.identity == form::Identity::Signed},
                 {"once", results.survey.form.once},
                 {"answers", results.counts.counted},
                 {"repeated", results.counts.repeated},
                 {"questions", json::array()}};
    for (const auto& tally : results.tallies) told["questions"].push_back(toJson(tally, language));
    return told;
}

}  // namespace

SurveyRoutes::SurveyRoutes(Desk desk, const Pages& pages) : desk_(desk) {
    auto& router = desk_.router;
    router.post("/v1/surveys/{id}/token", kTokenBody, [this](Exchange& exchange) { token(exchange); });
    router.get("/dashboard/surveys", [this, &pages](Exchange& exchange) {
        if (operationsAllowed(desk_, exchange)) pages.send(exchange, "surveys.html");
    });
    router.get("/dashboard/surveys/state", [this](Exchange& exchange) { state(exchange); });
    router.get("/dashboard/surveys/{id}/counts.csv", [this](Exchange& exchange) { csv(exchange); });
}

/// Whoever asks is known by the resident's token; what is signed is not (RFC 9497).
void SurveyRoutes::token(Exchange& exchange) {
    auto& city = desk_.city;
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    const auto survey = city.surveyForms.latest(exchange.place(), exchange.now);
    if (!survey) return answerProblem(exchange.response, survey.error());
    const bool blind =
        *survey && (*survey)->form.once && (*survey)->form.identity == form::Identity::Anonymous;
    if (!blind) return answerProblem(exchange.response, 404);
    const auto blinded = blindedIn(exchange.body);
    if (!blinded) return answerProblem(exchange.response, 422);
    const auto& id = (*survey)->survey;
    const auto issued = city.surveyTokens.issue(id, city.subjects.forSurvey(id, holder->sub), *blinded);
    if (!issued) return answerProblem(exchange.response, issued.error());
    exchange.reply(200, json{{"evaluated", crypto::toBase64Url(issued->evaluated.element.bytes())},
                             {"proof", crypto::toBase64Url(issued->evaluated.proof)},
                             {"key", crypto::toBase64Url(issued->key.bytes())}}
                            .dump());
}

void SurveyRoutes::state(Exchange& exchange) {
    if (!operationsAllowed(desk_, exchange)) return;
    auto& city = desk_.city;
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto surveys = city.surveyForms.all();
    if (!surveys) return answerProblem(exchange.response, surveys.error());
    json document = {{"as_of", base::toRfc3339(exchange.now)}, {"surveys", json::array()}};
    for (const auto& survey : *surveys) {
        const auto results = surveyResults(survey.survey, city.surveyForms, city.surveys, exchange.now);
        if (!results) return answerProblem(exchange.response, results.error());
        document["surveys"].push_back(toJson(**results, language));
    }
    exchange.reply(200, document.dump());
}

void SurveyRoutes::csv(Exchange& exchange) {
    if (!operationsAllowed(desk_, exchange)) return;
    auto& city = desk_.city;
    const auto results = surveyResults(exchange.place(), city.surveyForms, city.surveys, exchange.now);
    if (!results) return answerProblem(exchange.response, results.error());
    exchange.response.set_header("Content-Disposition", "attachment; filename=\"counts.csv\"");
    exchange.reply(200, countsCsv(**results), "text/csv; charset=utf-8");
}

}  // namespace tram::gateway
