#include "LiveCity.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <httplib.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace tram::test {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

std::string slurp(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void spit(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

[[noreturn]] void become(const std::vector<std::string>& argv, int out, int err) {
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    std::vector<char*> raw;
    for (const auto& each : argv) raw.push_back(const_cast<char*>(each.c_str()));
    raw.push_back(nullptr);
    execv(raw[0], raw.data());
    _exit(127);
}

void replaceAll(std::string& text, const std::string& place, const std::string& value) {
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

/// Outside a demo nobody starts without retention times; tests name them only where they matter.
std::string configOf(const LiveCity::Options& options) {
    const auto config = options.config.empty() ? "{}" : options.config;
    if (options.demo || config.find("\"retention\"") != config.npos) return config;
    return R"({"retention":{"delivered_attachments_days":30,"closed_reports_days":180,"envelopes_days":180})" +
           std::string(config == "{}" ? "" : ",") + config.substr(1);
}

}  // namespace

Child::~Child() {
    if (pid_ > 0) stop(SIGKILL);
}

void Child::start(const std::vector<std::string>& argv, const std::filesystem::path& log) {
    const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    pid_ = fork();
    if (pid_ == 0) become(argv, fd, fd);
    close(fd);
}

int Child::stop(int signal, milliseconds limit) {
    if (pid_ <= 0) return -1000;
    kill(pid_, signal);
    int status = 0;
    const bool ended = eventually([&] { return waitpid(pid_, &status, WNOHANG) == pid_; }, limit);
    if (!ended) {
        kill(pid_, SIGKILL);
        waitpid(pid_, &status, 0);
    }
    pid_ = 0;
    if (!ended) return -1000;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

bool Child::running() const {
    siginfo_t ended{};
    return pid_ > 0 && waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == 0;
}

bool eventually(const std::function<bool()>& what, milliseconds limit) {
    const auto until = Steady::now() + limit;
    while (!what()) {
        if (Steady::now() > until) return false;
        std::this_thread::sleep_for(milliseconds(10));
    }
    return true;
}

std::string runAndRead(const std::vector<std::string>& argv, int& exitCode) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    const pid_t pid = fork();
    if (pid == 0) become(argv, ends[1], STDERR_FILENO);
    close(ends[1]);
    std::string out;
    char piece[4096];
    for (ssize_t got; (got = read(ends[0], piece, sizeof piece)) > 0;)
        out.append(piece, static_cast<size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(pid, &status, 0);
    exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return out;
}

int freePort() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool fine = bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    close(fd);
    if (!fine) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

std::string Reply::header(const std::string& name) const {
    for (const auto& [key, value] : headers)
        if (strcasecmp(key.c_str(), name.c_str()) == 0) return value;
    return "";
}

LiveCity::LiveCity(Options options) : options_(std::move(options)) {
    nginxPort_ = options_.nginxPort != 0 ? options_.nginxPort : freePort();
    startGateway();
    mendLine();
}

LiveCity::~LiveCity() {
    nginx_.stop(SIGTERM);
    gateway_.stop(SIGTERM);
}

void LiveCity::mendLine() {
    startNginx();
    const bool up =
        eventually([&] { return send({.path = "/healthz", .outsideContract = true}).status == 200; });
    INFO(logs());
    REQUIRE(up);
}

void LiveCity::startGateway() {
    const auto portFile = dir_ / "port";
    std::filesystem::remove(portFile);
    spit(dir_ / "gateway.json", configOf(options_));
    auto argv = options_.before;
    argv.insert(
        argv.end(),
        {TRAM_GATEWAY, "serve", "--data", dataDir().string(), "--config", (dir_ / "gateway.json").string(),
         "--listen", "127.0.0.1:" + std::to_string(gatewayPort_), "--public-url", url(), "--port-file",
         portFile.string(), "--clock-speed", std::to_string(options_.speed)});
    if (options_.demo) argv.push_back("--demo");
    if (!options_.share.empty()) argv.insert(argv.end(), {"--share", options_.share.string()});
    gateway_.start(argv, dir_ / "gateway.log");
    const bool bound = eventually([&] { return std::filesystem::exists(portFile); });
    INFO(logs());
    REQUIRE(bound);
    gatewayPort_ = std::stoi(slurp(portFile));
}

void LiveCity::startNginx() {
    const auto prefix = dir_ / "nginx";
    std::filesystem::create_directories(prefix / "conf.d");
    spit(prefix / "conf.d" / "test.conf", options_.nginxServer);
    // nginx started by root lets its workers be somebody else, who must get in.
    std::filesystem::permissions(dir_.path(), std::filesystem::perms(0711));
    std::filesystem::permissions(prefix, std::filesystem::perms(0711));
    auto config = slurp(std::filesystem::path(TRAM_SOURCE_DIR) / "installer/nginx/tram-gateway.conf.in");
    replaceAll(config, "@LISTEN@", "127.0.0.1:" + std::to_string(nginxPort_));
    replaceAll(config, "@UPSTREAM@", "127.0.0.1:" + std::to_string(gatewayPort_));
    replaceAll(config, "@PREFIX@", prefix.string());
    spit(prefix / "nginx.conf", config);
    nginx_.start({NGINX, "-p", prefix.string(), "-c", (prefix / "nginx.conf").string(), "-e", "stderr"},
                 dir_ / "nginx.log");
}

int LiveCity::stopGateway(int signal, milliseconds limit) {
    return gateway_.stop(signal, limit);
}

Reply LiveCity::send(const Ask& ask) {
    httplib::Client client("127.0.0.1", nginxPort_);
    client.set_read_timeout(90);
    httplib::Request request;
    request.method = ask.method;
    request.path = ask.path;
    for (const auto& [name, value] : ask.headers) request.headers.emplace(name, value);
    if (!ask.type.empty()) request.headers.emplace("Content-Type", ask.type);
    request.body = ask.body;
    const auto result = client.send(request);
    Reply reply;
    if (!result) return reply;
    reply.status = result->status;
    reply.body = result->body;
    for (const auto& [name, value] : result->headers) reply.headers.emplace(name, value);
    if (!ask.outsideContract)
        contract_.hold({ask.method, ask.path.substr(0, ask.path.find('?')), ask.headers, ask.type, ask.body,
                        reply.status, reply.headers, reply.body});
    return reply;
}

std::string LiveCity::logs() const {
    return slurp(dir_ / "gateway.log") + slurp(dir_ / "nginx.log");
}

std::string LiveCity::tool(std::vector<std::string> arguments, int expectedExit) {
    arguments.insert(arguments.begin(), TRAM_GATEWAY);
    arguments.insert(arguments.end(), {"--data", dataDir().string()});
    int exitCode = 0;
    auto out = runAndRead(arguments, exitCode);
    CHECK(exitCode == expectedExit);
    return out;
}

std::string LiveCity::enrolmentCode() {
    auto code = tool({"enrol-code", "--ward", "27154", "--station", "Trạm Bàn Cờ 02"});
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
}

}  // namespace tram::test
