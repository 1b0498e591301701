#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "gateway/connectors/DocumentSource.h"

namespace tram::gateway {

/// The pretend city's documents (resources/demo/documents.json). Their years follow from today, so that the
/// demo never ages.
class DemoDocuments final : public DocumentSource {
  public:
    static base::Result<std::unique_ptr<DemoDocuments>> load(const std::filesystem::path& demoDir,
                                                             const base::Clock& clock);
    base::Result<std::vector<wire::MyDocument>> ofOwner(const DossierOwner& owner) override;
    std::string sourceName() const override { return source_; }
    std::string link() const override { return link_; }

  private:
    struct Recipe {
        std::string name, issuer, day;  ///< "MM-DD"
        int issuedYears = 0;            ///< ago
        int goodYears = 0;              ///< from then on; 0: for good
    };
    explicit DemoDocuments(const base::Clock& clock) : clock_(clock) {}
    const base::Clock& clock_;
    std::string source_, link_;
    std::map<std::string, std::vector<Recipe>> byOwner_;
};

}  // namespace tram::gateway
