#pragma once
#include <filesystem>

#include "base/Result.h"

namespace tram::gateway {

/// Holds DIR/gateway.lock while it lives, so that one gateway at a time serves a data directory; with another
/// file, other work that is done by one at a time. The kernel lets go of it when the process ends, however it
/// ends.
class SoleServer {
  public:
    static constexpr const char* kServing = "gateway.lock";

    /// StoreBusy with facts path and expected when another gateway holds it. `dir` exists.
    static base::Result<SoleServer> claim(const std::filesystem::path& dir, const char* file = kServing,
                                          const char* expected = "no other gateway serving this directory");

    SoleServer(SoleServer&& other) noexcept;
    SoleServer& operator=(SoleServer&&) = delete;
    ~SoleServer();

  private:
    explicit SoleServer(int file) : file_(file) {}
    int file_;
};

}  // namespace tram::gateway
