#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <memory>

#include "device/GatewayUrl.h"
#include "doctor/Checks.h"

namespace tram::doctor {

namespace {

/// RFC 3927 and RFC 4291 2.5.6: what a machine gives itself when nobody answers it.
bool ofItsOwn(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        const auto host = ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr);
        return (host >> 16) == 0xA9FE;
    }
    return IN6_IS_ADDR_LINKLOCAL(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr) != 0;
}

bool leadsOut(const ifaddrs& one) {
    constexpr unsigned kWorks = IFF_UP | IFF_RUNNING;
    const bool works = (one.ifa_flags & kWorks) == kWorks && (one.ifa_flags & IFF_LOOPBACK) == 0;
    if (!works || !one.ifa_addr) return false;
    const auto family = one.ifa_addr->sa_family;
    return (family == AF_INET || family == AF_INET6) && !ofItsOwn(*one.ifa_addr);
}

}  // namespace

Finding checkNetwork(const device::KioskConfig& config) {
    if (device::isOnThisMachine(config.gatewayUrl)) return {"network", "not_needed", Verdict::Good, {}, {}};
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0) return {"network", "unknown", Verdict::Warning, {}, {}};
    const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> all(first, freeifaddrs);
    for (const auto* one = first; one; one = one->ifa_next)
        if (leadsOut(*one)) return good("network", {{"name", one->ifa_name}});
    return {"network", "none", Verdict::Bad, {}, {}};
}

}  // namespace tram::doctor
