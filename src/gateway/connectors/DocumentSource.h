#pragma once
#include <string>
#include <vector>

#include "base/Result.h"
#include "gateway/connectors/DossierSource.h"
#include "wire/Mine.h"

namespace tram::gateway {

/// A system that knows which personal documents somebody has: their names and dates, and where the phone
/// opens them; never what is in them. Calls block, come from any thread, and may be repeated. A Problem of
/// any kind means that it gave no answer that can be used. The desk (gateway/documents) tidies what it says.
class DocumentSource {
  public:
    virtual ~DocumentSource() = default;
    virtual base::Result<std::vector<wire::MyDocument>> ofOwner(const DossierOwner& owner) = 0;
    virtual std::string sourceName() const = 0;  ///< shown to residents as the source
    virtual std::string link() const = 0;        ///< https; where all of them are opened; "" for none
};

}  // namespace tram::gateway
