#include <nlohmann/json.hpp>

#include "base/Log.h"
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
    if (const auto& n = tally.numbers)
        told["numbers"] = {{"least", n->least}, {"most", n->most}, {"mean", n->mean}, {"median", n->median}};
    return told;
}

json toJson(const SurveyResults& results, bool over, const std::string& language) {
    json told = {{"id", results.survey.survey},
                 {"title", results.survey.form.title.in(language)},
                 {"signed", results.survey.form.identity == form::Identity::Signed},
                 {"once", results.survey.form.once},
                 {"answers", results.counts.counted},
                 {"repeated", results.counts.repeated},
                 {"over", over},
                 {"questions", json::array()}};
    if (results.asOf) told["shown_until"] = base::toRfc3339(*results.asOf);
    for (const auto& tally : results.tallies) told["questions"].push_back(toJson(tally, language));
    return told;
}

/// What cannot be written now is shown as it was.
void closeBatches(City& city, base::WallTime now) {
    if (auto closed = city.surveyBatches.close(now); !closed)
        base::log::problem("surveys.close_failed", closed.error());
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
    if (const auto closed = (*survey)->closed(); closed && *closed <= exchange.now)
        return answerProblem(exchange.response, 410);
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
    closeBatches(city, exchange.now);
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto surveys = city.surveyForms.all();
    if (!surveys) return answerProblem(exchange.response, surveys.error());
    json document = {{"as_of", base::toRfc3339(exchange.now)},
                     {"batch", city.surveyBatches.least()},
                     {"surveys", json::array()}};
    for (const auto& survey : *surveys) {
        const auto results =
            surveyResults(survey.survey, city.surveyForms, *city.storage.reports, exchange.now);
        if (!results) return answerProblem(exchange.response, results.error());
        const bool over = city.surveyBatches.isOver(survey, exchange.now);
        document["surveys"].push_back(toJson(**results, over, language));
    }
    exchange.reply(200, document.dump());
}

void SurveyRoutes::csv(Exchange& exchange) {
    if (!operationsAllowed(desk_, exchange)) return;
    auto& city = desk_.city;
    closeBatches(city, exchange.now);
    const auto results =
        surveyResults(exchange.place(), city.surveyForms, *city.storage.reports, exchange.now);
    if (!results) return answerProblem(exchange.response, results.error());
    exchange.response.set_header("Content-Disposition", "attachment; filename=\"counts.csv\"");
    exchange.reply(200, countsCsv(**results), "text/csv; charset=utf-8");
}

}  // namespace tram::gateway
