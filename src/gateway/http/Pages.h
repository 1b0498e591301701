#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "base/Result.h"
#include "gateway/http/Router.h"

namespace tram::gateway {

/// The few files of resources/gateway, read once. No page is put together from what somebody sent: scripts
/// fetch JSON and set it as text.
class Pages {
  public:
    /// `shareDir`: its gateway/ holds the files, its locale/ the words, which the kiosk shows too (words.js).
    static base::Result<Pages> load(const std::filesystem::path& shareDir);
    /// Answers with the file, under a policy that lets nothing in but our own files (CSP level 3).
    void send(Exchange& exchange, const std::string& name) const;
    bool has(const std::string& name) const { return files_.contains(name); }

  private:
    std::map<std::string, std::string> files_;
};

}  // namespace tram::gateway
