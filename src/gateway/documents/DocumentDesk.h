#pragma once
#include <memory>

#include "base/Clock.h"
#include "gateway/connectors/DocumentSource.h"
#include "gateway/source/FewAtOnce.h"

namespace tram::gateway {

/// Which documents somebody has, by the city's source, told as the wire has it. Nothing of it is kept. Any
/// thread.
class DocumentDesk {
  public:
    /// A source that hangs must not hold all of the gateway's threads: beyond these it "does not answer".
    static constexpr int kMostAtOnce = 8;

    /// `source` null: the city has none.
    explicit DocumentDesk(std::unique_ptr<DocumentSource> source) : source_(std::move(source)) {}
    bool connected() const { return source_ != nullptr; }
    /// Newest first. ServerFault, fact detail = "source": no answer that can be used.
    base::Result<wire::MyDocuments> ofOwner(const DossierOwner& owner, base::WallTime now);

  private:
    std::unique_ptr<DocumentSource> source_;
    FewAtOnce few_{kMostAtOnce};
};

/// Digits in a row are a number somebody could use: of six and more only the last three stay.
std::string withoutNumbers(const std::string& text);

}  // namespace tram::gateway
