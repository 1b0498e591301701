#pragma once
#include <memory>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/http/GatewayConfig.h"

namespace tram::gateway {

/// The whole server: bound to its port when open() returns, answering from start() to stop().
class GatewayServer {
  public:
    static base::Result<std::unique_ptr<GatewayServer>> open(GatewayConfig config, const base::Clock& clock);
    /// After stop(). Waits until nobody holds an idle connection any more, 40 s at most.
    ~GatewayServer();

    int port() const;
    void start();
    /// No new requests; those under way may end, within a second and a half.
    void stop();

  private:
    struct Parts;
    explicit GatewayServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tram::gateway
