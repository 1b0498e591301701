#pragma once
#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "Contract.h"
#include "TempDir.h"

namespace tram::test {

/// A child process with its output in files; ended with the test.
class Child {
  public:
    Child() = default;
    ~Child();
    void start(const std::vector<std::string>& argv, const std::filesystem::path& log);
    /// Sends the signal and waits; the exit code, -signal when killed, -1000 when it took longer than
    /// `limit`.
    int stop(int signal, std::chrono::milliseconds limit = std::chrono::seconds(5));
    bool running() const;
    pid_t pid() const { return pid_; }

  private:
    pid_t pid_ = 0;
};

/// Asks until it is true; false when the deadline passed. That is for what hangs: on a busy machine all takes
/// long.
bool eventually(const std::function<bool()>& what,
                std::chrono::milliseconds limit = std::chrono::seconds(60));
std::string runAndRead(const std::vector<std::string>& argv, int& exitCode);
int freePort();

struct Reply {
    int status = 0;  ///< 0: no answer at all
    HeaderList headers;
    std::string body;
    std::string header(const std::string& name) const;
};

struct Ask {
    std::string method = "GET", path;
    HeaderList headers;
    std::string type, body;
    bool outsideContract = false;  ///< unknown paths and deliberate nonsense
};

/// tram-gateway behind nginx, both real, in a directory of their own; one contract over everything said to
/// it.
class LiveCity {
  public:
    struct Options {
        bool demo = true;
        std::string config;  ///< JSON for --config; {} otherwise
        double speed = 1;
        std::vector<std::string> before;   ///< what starts the gateway, e.g. {"/usr/bin/env", "NAME=value"}
        std::string nginxServer;           ///< lines of the operator's own in nginx's server block
        int nginxPort = 0;                 ///< 0: a free one
        std::filesystem::path share = {};  ///< instead of the resources beside the program
    };
    LiveCity() : LiveCity(Options()) {}
    explicit LiveCity(Options options);
    ~LiveCity();

    Reply send(const Ask& ask);
    std::string url() const { return "http://127.0.0.1:" + std::to_string(nginxPort_); }
    int nginxPort() const { return nginxPort_; }
    int gatewayPort() const { return gatewayPort_; }  ///< past nginx
    pid_t gatewayPid() const { return gateway_.pid(); }
    std::filesystem::path dataDir() const { return dir_ / "data"; }
    std::string logs() const;     ///< gateway's and nginx's
    std::string enrolmentCode();  ///< by the real command line
    std::string tool(std::vector<std::string> arguments, int expectedExit = 0);

    int stopGateway(int signal, std::chrono::milliseconds limit = std::chrono::seconds(5));
    void startGateway();
    void cutLine() { nginx_.stop(SIGTERM); }  ///< the gateway keeps what it holds
    void mendLine();
    /// Every exchange so far conformed to gateway.yaml.
    std::vector<std::string> contractFaults() const { return contract_.faults(); }

  private:
    void startNginx();
    TempDir dir_;
    Options options_;
    Contract contract_;
    int gatewayPort_ = 0, nginxPort_ = 0;
    Child gateway_, nginx_;
};

}  // namespace tram::test
