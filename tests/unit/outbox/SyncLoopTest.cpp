#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "SyncKiosk.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
using Kiosk = SyncKiosk;

TEST_CASE("what waits arrives, oldest first, and is marked", "[sync]") {
    Kiosk kiosk;
    const auto ids = kiosk.keepMany(5);
    const auto step = kiosk.loop->step();
    CHECK(step.reached);
    CHECK(step.sent == 5);
    CHECK_FALSE(step.problem);
    CHECK(kiosk.gateway.stored == ids);
    CHECK(kiosk.store->counts()->accepted == 5);
    CHECK_FALSE(kiosk.loop->step().more);
    const Item sent = kiosk.item(*base::Uuid::parse(ids[0]));
    CHECK(nlohmann::json::parse(sent.envelope) == nlohmann::json::parse(kiosk.gateway.bytes[ids[0]]));
}

TEST_CASE("an empty store asks nobody", "[sync]") {
    Kiosk kiosk;
    const auto step = kiosk.loop->step();
    CHECK_FALSE(step.reached);
    CHECK_FALSE(step.more);
    CHECK(kiosk.gateway.tokens == 0);
}

TEST_CASE("batches keep to a hundred items and to their bytes", "[sync]") {
    Kiosk kiosk;
    SECTION("items") {
        kiosk.keepMany(130);
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{100, 30});
    }
    SECTION("bytes") {
        const auto id = kiosk.keep();
        kiosk.keepMany(4);
        kiosk.options.batchBytes = kiosk.item(id).envelope.size() * 2 + 10;
        kiosk.restart();
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{2, 2, 1});
    }
    SECTION("one bigger than the limit goes alone") {
        kiosk.keepMany(2);
        kiosk.options.batchBytes = 1;
        kiosk.restart();
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{1, 1});
    }
}

TEST_CASE("attachments go first, and what stands before them does not wait for them", "[sync]") {
    Kiosk kiosk;
    const auto before = kiosk.keep(), with = kiosk.keep(2), behind = kiosk.keep();
    CHECK(kiosk.loop->step().sent == 1);  // the plain one at once
    CHECK(kiosk.gateway.attachments.empty());
    kiosk.run();
    CHECK(kiosk.gateway.stored == std::vector<std::string>{before.text(), with.text(), behind.text()});
    for (const auto& attachment : kiosk.item(with).attachments) {
        CHECK(crypto::sha256Hex(crypto::view(kiosk.gateway.attachments[attachment.sha256])) ==
              attachment.sha256);
    }
}

TEST_CASE("an upload goes on where it broke off", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1, 100000);
    const auto attachment = kiosk.item(id).attachments[0];
    SECTION("the gateway has the first part") {
        std::ifstream file(kiosk.store->attachmentPath(attachment.sha256).value(), std::ios::binary);
        std::string first(40000, '\0');
        file.read(first.data(), 40000);
        kiosk.gateway.attachments[attachment.sha256] = first;
        kiosk.run();
        REQUIRE(kiosk.gateway.ranges.size() == 1);
        CHECK(kiosk.gateway.ranges[0] ==
              "bytes 40000-" + std::to_string(attachment.size - 1) + "/" + std::to_string(attachment.size));
    }
    SECTION("the offset has moved since it was asked for") {
        bool lied = false;
        kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
            if (request.method != "HEAD" || lied) return false;
            lied = true;
            response.set_header("Upload-Offset", "70000");
            response.set_header("Upload-Complete", "?0");
            return true;
        };
        kiosk.run();
        CHECK(kiosk.gateway.ranges.size() == 2);
    }
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(crypto::sha256Hex(crypto::view(kiosk.gateway.attachments[attachment.sha256])) == attachment.sha256);
}

TEST_CASE("an attachment gone from the disk stops its own report only", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep(1);
    const std::string path = kiosk.store->attachmentPath(kiosk.item(bad).attachments[0].sha256).value();
    std::string reason;
    SECTION("gone") {
        std::filesystem::remove(path);
        reason = "file_missing";
    }
    SECTION("cut") {
        std::filesystem::resize_file(path, 5);
        reason = "file_unreadable";
    }
    kiosk.run();
    CHECK(kiosk.state(bad) == ItemState::NeedsAttention);
    CHECK(kiosk.item(bad).problem == reason);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("missing_attachments: uploaded again in the next step", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1);
    const std::string sha256 = kiosk.item(id).attachments[0].sha256;
    REQUIRE(kiosk.loop->step().more);   // uploaded
    kiosk.gateway.attachments.clear();  // and lost
    kiosk.run();
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(kiosk.gateway.attachments.contains(sha256));
}

TEST_CASE("a gateway that misses for ever what it calls complete holds up nobody", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep();
    kiosk.gateway.after = [&](wire::BatchAnswer& answer, httplib::Response&) {
        for (auto& result : answer.results) {
            if (result.id != bad) continue;
            result.verdict = wire::ActionVerdict::MissingAttachments;
            result.missing = kiosk.gateway.needs[bad.text()];
        }
        return false;
    };
    kiosk.run();
    CHECK(kiosk.state(good) == ItemState::Accepted);
    CHECK(kiosk.state(bad) == ItemState::Waiting);
    CHECK(kiosk.item(bad).problem == "missing_attachments");
    CHECK(kiosk.gateway.batches.size() < 5);
}

TEST_CASE("each result goes to its own item", "[sync]") {
    Kiosk kiosk;
    const auto conflict = kiosk.keep(), refused = kiosk.keep(), odd = kiosk.keep(), silent = kiosk.keep(),
               good = kiosk.keep();
    kiosk.gateway.after = [&](wire::BatchAnswer& answer, httplib::Response&) {
        for (auto& result : answer.results) {
            if (result.id == conflict) result.verdict = wire::ActionVerdict::Conflict;
            if (result.id == refused) result = {refused, wire::ActionVerdict::Refused, {}, "signature"};
            if (result.id == odd) result = {odd, wire::ActionVerdict::Refused, {}, "<b>Nguyen</b>"};
        }
        std::erase_if(answer.results, [&](const auto& result) { return result.id == silent; });
        return false;
    };
    CHECK(kiosk.loop->step().sent == 1);
    CHECK(kiosk.item(conflict).problem == "conflict");
    CHECK(kiosk.item(refused).problem == "refused_signature");
    CHECK(kiosk.item(odd).problem == "refused");
    for (const auto& id : {conflict, refused, odd}) CHECK(kiosk.state(id) == ItemState::NeedsAttention);
    CHECK(kiosk.state(silent) == ItemState::Waiting);
    CHECK(kiosk.item(silent).tries == 1);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("an answer lost after the commit: replayed, not doubled", "[sync]") {  // STANDARDS 8
    Kiosk kiosk;
    const auto ids = kiosk.keepMany(3);
    int lost = 0;
    kiosk.gateway.after = [&](wire::BatchAnswer&, httplib::Response& response) {
        if (++lost > 2) return false;
        test::breakOff(response);
        return true;
    };
    CHECK(kiosk.loop->step().problem->kind == ProblemKind::BadResponse);
    CHECK(kiosk.waiting() == 3);
    kiosk.settle();
    CHECK(kiosk.gateway.stored == ids);
    CHECK(kiosk.store->counts()->accepted == 3);
}

TEST_CASE("a try is counted as it begins, be it many steps or none that ends", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(2, 100000);
    const auto waiting = kiosk.keep();
    std::vector<int> seen;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response&) {
        if (request.method == "PUT" || isPost(request)) seen.push_back(kiosk.item(id).attempts);
        return false;
    };
    kiosk.run();
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(seen.size() >= 3);
    CHECK(seen == std::vector<int>(seen.size(), 1));
    CHECK(kiosk.item(waiting).attempts == 1);
}
