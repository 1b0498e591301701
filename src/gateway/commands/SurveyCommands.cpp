#include <iostream>

#include "base/Files.h"
#include "gateway/commands/Commands.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/survey/SurveyResults.h"

namespace tram::gateway {
namespace {

using base::Result;

constexpr std::string_view kTooFew = "-";

struct SurveyOptions {
    Place place;
    std::string id, csv, chart, language = "vi";
    bool names = false;
};

/// What is shown of them, as on the operations page: the same counts, kept in the store.
int listSurveys(const SurveyOptions& options, base::WallTime now) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    SurveyForms forms(*storage->reports);
    const auto all = forms.all();
    if (!all) return failed(all.error());
    for (const auto& survey : *all) {
        const auto results = surveyResults(survey.survey, forms, *storage->reports, now);
        if (!results) return failed(results.error());
        const auto& counts = (*results)->counts;
        const bool isSigned = survey.form.identity == form::Identity::Signed;
        const auto shown = [&](std::int64_t count) {
            return (*results)->asOf ? std::to_string(count) : std::string(kTooFew);
        };
        std::cout << survey.survey << '\t' << shown(counts.counted) << '\t' << shown(counts.repeated) << '\t'
                  << (isSigned ? "signed" : "anonymous") << (survey.form.once ? ",once" : "") << '\t'
                  << survey.form.title.vi << '\n';
    }
    return 0;
}

void printTally(const Tally& tally, const std::string& language) {
    std::cout << '\n' << tally.question->text.in(language) << "\tn=" << tally.answered << '\n';
    for (const auto& bar : tally.bars)
        std::cout << "  " << bar.count << '\t' << bar.label.in(language) << '\n';
    if (const auto& n = tally.numbers)
        std::cout << "  " << n->least << " to " << n->most << "\tmean " << n->mean << "\tmedian " << n->median
                  << '\n';
}

/// Nobody else's to read: what people wrote is in it.
Result<void> writeFiles(const SurveyOptions& options, const SurveyResults& results, SurveyForms& forms,
                        SurveyStore& store, base::WallTime now) {
    if (!options.csv.empty()) {
        const auto csv = answersCsv(results, forms, store, options.names, now);
        if (!csv) return tl::unexpected(csv.error());
        if (auto written = base::writeFileAtomically(options.csv, *csv, 0600); !written) return written;
    }
    if (options.chart.empty()) return {};
    return base::writeFileAtomically(options.chart, chartSvg(results, options.language), 0644);
}

int surveyResultsTold(const SurveyOptions& options, base::WallTime now) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto identity = GatewayKeys::loadIdentity(*options.place.dataDir() / "keys");
    if (!identity) return failed(identity.error());
    SurveyForms forms(*storage->reports);
    const SurveyTokens tokens(*storage->reports, *identity);
    SurveyStore store(*storage->reports, forms, tokens, {});
    const auto results = surveyResults(options.id, forms, *storage->reports, now);
    if (!results) return failed(results.error());
    const bool isSigned = (*results)->survey.form.identity == form::Identity::Signed;
    if (options.names && !isSigned)
        return failed({base::ProblemKind::Unprocessable, {{"detail", "--names: not signed"}}});
    if (auto written = writeFiles(options, **results, forms, store, now); !written)
        return failed(written.error());
    std::cout << (*results)->survey.form.title.in(options.language);
    if (const auto& until = (*results)->asOf)
        std::cout << "\tn=" << (*results)->counts.counted << "\trepeated=" << (*results)->counts.repeated
                  << "\tuntil " << base::toRfc3339(*until) << '\n';
    else
        std::cout << "\ttoo few answers to be shown\n";
    for (const auto& tally : (*results)->tallies) printTally(tally, options.language);
    return 0;
}

int tokenKey(const SurveyOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto identity = GatewayKeys::loadIdentity(*options.place.dataDir() / "keys");
    if (!identity) return failed(identity.error());
    const auto key = SurveyTokens(*storage->reports, *identity).keyOf(options.id);
    std::cout << crypto::toBase64Url(key.bytes()) << '\n';
    return 0;
}

}  // namespace

void addSurveys(Commands& commands) {
    auto& group = commands.group("surveys", "what residents answered");
    auto listed = std::make_shared<SurveyOptions>();
    listed->place.addTo(
        commands.add(group, "list", "id, answers shown, repeated ones, whether signed, title",
                     [&commands, listed] { return listSurveys(*listed, commands.clock().wall()); }));
    auto options = std::make_shared<SurveyOptions>();
    auto& results = commands.addAct(
        group, "results", "how often what was answered, of what is shown; with --csv each", options->place,
        Deed::SurveyResults,
        [&commands, options](Act&) { return surveyResultsTold(*options, commands.clock().wall()); });
    results.add_option("id", options->id, "one of the list")->required();
    auto* csv =
        results.add_option("--csv", options->csv, "each answer, what people wrote too, into this file");
    results.add_flag("--names", options->names, "of a signed survey also who, and all that has come")
        ->needs(csv);
    results.add_option("--chart", options->chart, "bars into this SVG file");
    results.add_option("--language", options->language, "of questions and options")
        ->check(CLI::IsMember({"vi", "en"}));
    auto keyed = std::make_shared<SurveyOptions>();
    auto& key = commands.add(group, "key", "the public key of a survey's tokens, the same for everybody",
                             [keyed] { return tokenKey(*keyed); });
    keyed->place.addTo(key);
    key.add_option("id", keyed->id, "the survey's id")->required();
}

}  // namespace tram::gateway
