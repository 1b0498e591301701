#pragma once
#include <map>

#include "gateway/alerts/AlertStore.h"

namespace tram::gateway {

/// All kept messages, of which only those that are new are read and parsed. One thread.
class ParsedAlerts {
  public:
    explicit ParsedAlerts(AlertStore store) : store_(store) {}
    /// Newest first, without what cannot be read: of a later program, or damaged.
    base::Result<std::vector<AlertStore::Message>> all();

  private:
    AlertStore store_;
    std::map<std::string, std::shared_ptr<const cap::Alert>> parsed_;  ///< null: cannot be read
};

}  // namespace tram::gateway
