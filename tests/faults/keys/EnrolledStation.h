#pragma once
#include "LiveCity.h"
#include "device/AgentState.h"
#include "device/Enrolment.h"
#include "feedback/KeepReport.h"
#include "outbox/SqliteOutboxStore.h"

namespace tram::keys {

/// A station as it is installed: enrolled by `tram enrol`, its reports kept as the kiosk's next session would
/// keep them, sent by tram-agent.
class EnrolledStation {
  public:
    explicit EnrolledStation(const test::LiveCity& city);

    /// What `tram …` said, both streams.
    std::string tool(std::vector<std::string> arguments, int expectedExit = 0) const;
    void enrol(const std::string& code) const { tool({"enrol", "--code", code}); }

    /// Keys are read anew, as at the start of a session; Gửi.
    struct Kept {
        base::Uuid id;
        std::string code, sealedTo;
    };
    Kept keep(int pictures = 0, const base::Clock& clock = base::SystemClock()) const;

    void startAgent();
    int stopAgent();
    /// What keeps the agent from the gateway, as it tells the kiosk.
    std::string agentProblem() const {
        return device::AgentState::read(dir_ / "run").value_or(device::AgentState{}).problem;
    }
    bool agentSays(const std::string& words) const;
    bool allAccepted() const;
    outbox::Item item(const base::Uuid& id) const { return store()->find(id).value().value(); }
    outbox::OutboxStore::Counts counts() const { return store()->counts().value(); }
    device::Enrolment enrolment() const { return device::Enrolment::load(data()).value(); }
    std::filesystem::path data() const { return dir_ / "data"; }

  private:
    std::shared_ptr<outbox::SqliteOutboxStore> store() const;
    test::TempDir dir_;
    test::Child agent_;
};

}  // namespace tram::keys
