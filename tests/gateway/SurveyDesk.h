#pragma once
#include "CityPacks.h"
#include "QuietCity.h"
#include "SurveyKit.h"
#include "gateway/content/ContentTake.h"
#include "gateway/survey/SurveyResults.h"

namespace tram::test {

inline void shortSurveys(gateway::GatewayConfig& config) {
    using std::chrono::days;
    config.retention = {days(7), days(30), days(60), days(10)};
}

/// A quiet city that publishes surveys, and answers that reach it.
struct SurveyDesk {
    QuietCity quiet;
    explicit SurveyDesk(const std::function<void(gateway::GatewayConfig&)>& change = shortSurveys)
        : quiet(change) {}

    /// By an operator's `content take`, from a city that signs.
    void publish() {
        const SigningCity city;
        const TempDir dir;
        const auto pack = surveyPack(dir / "made.pack", "2027-01-01");
        const auto bytes = base::readFile(pack, 64u << 20).value();
        auto manifest = city.manifest(1);
        manifest.packs = {
            {"surveys", crypto::sha256Hex(crypto::view(bytes)), static_cast<std::int64_t>(bytes.size())}};
        REQUIRE(base::writeFileAtomically(dir / "root.json", cosign(city.root(), city)));
        REQUIRE(base::writeFileAtomically(dir / "content.json", cosign(manifest, city)));
        const auto taken = gateway::takeContent(
            {quiet.data() / "content", {dir / "root.json", dir / "content.json", pack}, true},
            quiet.clock.wall());
        REQUIRE(taken);
    }
    QuietCity::Sealed seal(const wire::SurveyAnswer& answer) {
        return quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.kind = wire::SurveyAnswer::kKind;
            body.fieldsJson = answer.toJson();
        });
    }
    base::Uuid send(const wire::SurveyAnswer& answer) {
        const auto sealed = seal(answer);
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        return sealed.id;
    }
    /// "counted repeated".
    std::string counts(const std::string& survey) {
        const auto counts = quiet.city->surveys.counts(survey);
        REQUIRE(counts);
        return std::to_string(counts->counted) + " " + std::to_string(counts->repeated);
    }
    std::string reason(const base::Uuid& id) {
        const auto found = quiet.city->quarantine.find(id);
        REQUIRE(found);
        return *found ? (*found)->reason : "";
    }
    std::string reasonOf(const wire::SurveyAnswer& answer) { return reason(send(answer)); }
    /// What is shown of it, after all batches that may be closed are.
    std::unique_ptr<gateway::SurveyResults> results(const std::string& survey) {
        REQUIRE(quiet.city->surveyBatches.close(quiet.clock.wall()));
        auto results = gateway::surveyResults(survey, quiet.city->surveyForms, *quiet.city->storage.reports,
                                              quiet.clock.wall());
        REQUIRE(results);
        return std::move(*results);
    }
};

}  // namespace tram::test
