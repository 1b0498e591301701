#pragma once
#include <filesystem>

#include "base/FileLock.h"

namespace tram::gateway {

/// Holds DIR/gateway.lock while it lives, so that one gateway at a time serves a data directory; with another
/// file, other work that is done by one at a time.
class SoleServer {
  public:
    static constexpr const char* kServing = "gateway.lock";

    /// StoreBusy with facts path and expected when another gateway holds it. `dir` exists.
    static base::Result<SoleServer> claim(const std::filesystem::path& dir, const char* file = kServing,
                                          const char* expected = "no other gateway serving this directory");

  private:
    explicit SoleServer(base::FileLock lock) : lock_(std::move(lock)) {}
    base::FileLock lock_;
};

}  // namespace tram::gateway
