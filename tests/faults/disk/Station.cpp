#include "tests/faults/disk/Station.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "wire/Envelope.h"

namespace tram::faults {

using outbox::Item;

namespace {

/// The same few envelopes are read from thousands of disks: parsed once each.
bool isWhole(const Item& item) {
    static std::map<base::Uuid, std::string> known;
    if (const auto found = known.find(item.id); found != known.end() && found->second == item.envelope)
        return true;
    const auto envelope = wire::Envelope::parse(item.envelope);
    const bool whole = envelope && envelope->id == item.id;
    if (whole) known[item.id] = item.envelope;
    return whole;
}

}  // namespace

std::vector<Item> everything(outbox::OutboxStore& store) {
    std::vector<Item> all;
    const auto listed = store.list({}, 1u << 20);
    REQUIRE(listed);
    for (const Item& item : *listed) {
        auto whole = store.find(item.id);
        REQUIRE(whole);
        REQUIRE(whole->has_value());
        all.push_back(**std::move(whole));
    }
    return all;
}

std::vector<std::string> faultsOf(outbox::SqliteOutboxStore& store) {
    std::vector<std::string> faults;
    if (const auto sound = store.quickCheck(); !sound) return {"quick_check failed"};
    std::set<base::Uuid> seen;
    for (const Item& item : everything(store)) {
        const std::string who = "item " + std::to_string(item.sequence);
        if (!isWhole(item)) faults.push_back(who + ": envelope in pieces");
        if (!seen.insert(item.id).second) faults.push_back(who + ": twice");
        for (const auto& attachment : item.attachments) {
            const auto path = store.attachmentPath(attachment.sha256);
            const auto bytes = path ? base::readFile(*path).value_or("") : "";
            if (bytes.size() != attachment.size ||
                crypto::sha256Hex(crypto::view(bytes)) != attachment.sha256)
                faults.push_back(who + ": attachment " + (path ? "in pieces" : "gone"));
        }
    }
    return faults;
}

std::uint64_t seedOfThisRun() {
    const char* given = std::getenv("TRAM_SEED");
    const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device()();
    std::cout << "TRAM_SEED=" << seed << std::endl;
    return seed;
}

}  // namespace tram::faults
