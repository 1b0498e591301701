#include "gateway/demo/DemoDocuments.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

Result<std::unique_ptr<DemoDocuments>> DemoDocuments::load(const std::filesystem::path& demoDir,
                                                           const base::Clock& clock) {
    const auto text = base::readFile(demoDir / "documents.json", 1u << 20);
    if (!text) return tl::unexpected(text.error());
    std::unique_ptr<DemoDocuments> demo(new DemoDocuments(clock));
    try {
        const auto plan = json::parse(*text);
        demo->source_ = plan.at("source");
        demo->link_ = plan.at("link");
        for (const auto& row : plan.at("documents"))
            demo->byOwner_[row.at("owner")].push_back({row.at("name"), row.at("issuer"), row.at("day"),
                                                       row.at("issued_years"), row.value("good_years", 0)});
    } catch (const std::exception&) {
        return base::fail(ProblemKind::Malformed, {{"path", "documents.json"}});
    }
    return demo;
}

Result<std::vector<wire::MyDocument>> DemoDocuments::ofOwner(const DossierOwner& owner) {
    std::vector<wire::MyDocument> all;
    const auto found = byOwner_.find(owner.subject.reveal());
    if (found == byOwner_.end()) return all;
    const int year = std::stoi(base::toRfc3339(clock_.wall()).substr(0, 4));
    for (const auto& recipe : found->second) {
        const int issued = year - recipe.issuedYears;
        all.push_back(
            {recipe.name, recipe.issuer, std::to_string(issued) + "-" + recipe.day,
             recipe.goodYears > 0 ? std::to_string(issued + recipe.goodYears) + "-" + recipe.day : "", ""});
    }
    return all;
}

}  // namespace tram::gateway
