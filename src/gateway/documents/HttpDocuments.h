#pragma once
#include "gateway/connectors/DocumentSource.h"
#include "gateway/source/SourceLine.h"

namespace tram::gateway {

/// How a city's system is asked for somebody's documents (docs/OPERATING.md, "Documents"); the parts shared
/// with dossiers mean the same.
struct DocumentMapping : SourceAccess {
    std::string openLink;                                     ///< https; "" for none
    std::string documentName, issuer, issued, expires, link;  ///< pointers from a document on

    /// BadConfig with facts key ("documents.members.name") and expected.
    static base::Result<DocumentMapping> load(const std::filesystem::path& file);
    static base::Result<DocumentMapping> parse(std::string_view json);
};

/// A system that answers in JSON over HTTP, as its mapping file says.
class HttpDocuments final : public DocumentSource {
  public:
    explicit HttpDocuments(DocumentMapping mapping) : mapping_(std::move(mapping)) {}
    base::Result<std::vector<wire::MyDocument>> ofOwner(const DossierOwner& owner) override;
    std::string sourceName() const override { return mapping_.name; }
    std::string link() const override { return mapping_.openLink; }

  private:
    const DocumentMapping mapping_;
    SourceLine line_{mapping_};
};

}  // namespace tram::gateway
