#pragma once
#include <optional>

#include "FaultProxy.h"
#include "LiveCity.h"
#include "device/AgentState.h"
#include "device/Enrolment.h"
#include "link/GatewayClient.h"
#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::line {

/// A kiosk as installed: enrolled, with a store that the real Outbox fills, the real agent, the real `tram`.
class LineKiosk {
  public:
    /// Enrolled at the city itself; `gatewayUrl` is where its agent and its tool go from then on.
    LineKiosk(test::LiveCity& city, const std::string& gatewayUrl, const std::string& trustedPem = "");

    /// A report kept by *Gửi*, with pictures of so many bytes each.
    base::Uuid keep(int pictures = 0, std::size_t size = 60'000);
    /// Reports, one of five with a picture.
    void keepMany(int count);

    void startAgent();
    int stopAgent();
    void killAgent();
    /// A line of its own to `url`, as the agent has one.
    std::unique_ptr<link::GatewayClient> line(const std::string& url) const;
    /// What `tram …` prints.
    std::string tool(std::vector<std::string> arguments, int expectedExit = 0) const;

    outbox::OutboxStore::Counts counts() const { return store->counts().value(); }
    outbox::Item item(const base::Uuid& id) const { return store->find(id).value().value(); }
    device::AgentState agentState() const {
        return device::AgentState::read(dir_ / "run").value_or(device::AgentState{});
    }
    std::string log() const;
    std::filesystem::path dataDir() const { return dir_ / "data"; }
    const std::shared_ptr<outbox::Outbox>& outbox() const { return outbox_; }
    const std::string& id() const { return place_.kioskId; }

    std::vector<base::Uuid> kept;
    std::shared_ptr<outbox::SqliteOutboxStore> store;

  private:
    void enrol(test::LiveCity& city);
    test::TempDir dir_;
    base::SystemClock clock_;
    wire::EnrolmentAnswer place_;
    std::shared_ptr<outbox::Outbox> outbox_;
    test::Child agent_;
};

/// Whether a POST /v1/actions carries this action.
bool carries(const Request& request, const base::Uuid& id);
bool isHealth(const Request& request);
bool isPost(const Request& request);  ///< of actions

}  // namespace tram::line
