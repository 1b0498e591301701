#include "device/GatewayUrl.h"

#include <regex>
#include <string>

namespace tram::device {

namespace {

const std::regex& shape() {
    static const std::regex kShape(
        R"((https?)://([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?((?:/[A-Za-z0-9._~-]+)*))");
    return kShape;
}

bool isLoopback(const std::string& host) {
    static const std::regex kLoopback(R"(localhost|\[::1\]|127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3})");
    return std::regex_match(host, kLoopback);
}

}  // namespace

bool acceptableGatewayUrl(std::string_view url) {
    constexpr std::size_t kMaxBytes = 300;
    std::cmatch parts;
    if (url.size() > kMaxBytes || !std::regex_match(url.data(), url.data() + url.size(), parts, shape()))
        return false;
    if (parts[3].matched && (std::stoi(parts[3]) < 1 || std::stoi(parts[3]) > 65535)) return false;
    return parts[1] == "https" || isLoopback(parts[2]);
}

bool isOnThisMachine(std::string_view url) {
    std::cmatch parts;
    return std::regex_match(url.data(), url.data() + url.size(), parts, shape()) && isLoopback(parts[2]);
}

}  // namespace tram::device
