#pragma once
#include <vector>

#include "gateway/connectors/DossierSource.h"
#include "gateway/dossier/DossierMapping.h"
#include "gateway/source/SourceLine.h"
#include "wire/DossierCode.h"

namespace tram::gateway {

/// A city's system that answers in JSON over HTTP, as its mapping file says.
class HttpDossiers final : public DossierSource {
  public:
    /// `patterns`: by which its codes are compared with the one asked for.
    HttpDossiers(DossierMapping mapping, wire::DossierPatterns patterns);

    base::Result<std::optional<DossierRecord>> byCode(const std::string& code) override;
    bool knowsOwners() const override { return !mapping_.byOwner.empty(); }
    base::Result<std::vector<wire::DossierStatus>> ofOwner(const DossierOwner& owner) override;
    std::string sourceName() const override { return mapping_.name; }

  private:
    bool saysMissing(const nlohmann::json& answer) const;
    bool means(const nlohmann::json& dossier, const std::string& code) const;
    const nlohmann::json* chosen(const nlohmann::json& answer, const std::string& code) const;

    const DossierMapping mapping_;
    const wire::DossierPatterns patterns_;
    SourceLine line_{mapping_};
};

}  // namespace tram::gateway
