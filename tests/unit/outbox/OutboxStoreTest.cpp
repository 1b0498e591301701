#include "outbox/OutboxStore.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "crypto/Bytes.h"
#include "outbox/MemoryOutboxStore.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;

namespace {

struct InMemory {
    std::shared_ptr<OutboxStore> store = std::make_shared<MemoryOutboxStore>();
};
struct OnDisk {
    test::TempDir dir;
    std::shared_ptr<OutboxStore> store = SqliteOutboxStore::open(dir.path()).value();
};

const test::FakeClock kClock;

Item item(int number, const std::string& codeHash = "") {
    Item made{.id = base::Uuid::v7(kClock.wall())};
    made.kind = "feedback.report";
    made.envelope = std::string("{\"n\":\0", 6) + std::to_string(number) + "}";
    made.codeHash = codeHash;
    made.keptAt = kClock.wall() + base::Millis(number);
    return made;
}

StoredAttachment put(OutboxStore& store, const std::string& bytes) {
    const StoredAttachment meta{crypto::sha256Hex(crypto::view(bytes)), bytes.size()};
    REQUIRE(store.putAttachment(meta, bytes));
    return meta;
}

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<base::Uuid> ids(const std::vector<Item>& items) {
    std::vector<base::Uuid> found;
    for (const Item& one : items) found.push_back(one.id);
    return found;
}

base::BootTime later(base::Millis by) {
    auto time = kClock.boot();
    time.sinceBoot += by;
    return time;
}

}  // namespace

TEMPLATE_TEST_CASE("an item comes back as it was kept", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    Item made = item(1, "hash");
    made.attachments = {put(*kept.store, "cipher one"), put(*kept.store, "two")};
    const auto sequence = kept.store->add(made);
    REQUIRE(sequence);

    for (const auto& found : {kept.store->find(made.id), kept.store->findByCodeHash("hash")}) {
        REQUIRE(found);
        REQUIRE(found->has_value());
        const Item& back = **found;
        CHECK(back.sequence == *sequence);
        CHECK(back.id == made.id);
        CHECK(back.kind == made.kind);
        CHECK(back.envelope == made.envelope);
        CHECK(back.codeHash == "hash");
        CHECK(back.keptAt == made.keptAt);
        CHECK(back.state == ItemState::Waiting);
        CHECK(back.tries == 0);
        CHECK(back.problem.empty());
        CHECK_FALSE(back.acceptedAt);
        CHECK(back.bytes == made.envelope.size() + 13);
        REQUIRE(back.attachments.size() == 2);
        CHECK(back.attachments[0].sha256 == made.attachments[0].sha256);
        CHECK(back.attachments[1].size == 3);
    }
    CHECK_FALSE(kept.store->find(item(2).id)->has_value());
    CHECK_FALSE(kept.store->findByCodeHash("other")->has_value());
}

TEMPLATE_TEST_CASE("an id or code is taken once", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const Item first = item(1, "hash");
    REQUIRE(kept.store->add(first));
    CHECK(kept.store->codeHashTaken("hash").value());
    CHECK_FALSE(kept.store->codeHashTaken("free").value());
    CHECK_FALSE(kept.store->codeHashTaken("").value());

    Item sameId = item(2, "free");
    sameId.id = first.id;
    CHECK(kept.store->add(sameId).error().kind == ProblemKind::Conflict);
    CHECK(kept.store->add(item(3, "hash")).error().kind == ProblemKind::Conflict);
    CHECK(kept.store->add(item(4)));
    CHECK(kept.store->add(item(5)));  // no code is not the same code
    CHECK(kept.store->counts()->waiting == 3);
}

TEMPLATE_TEST_CASE("due: waiting ones, oldest first by sequence and not by wall clock", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;  // STANDARDS 9
    std::vector<Item> all{item(500), item(3), item(250), item(1)};
    for (const Item& one : all) REQUIRE(kept.store->add(one));
    const auto due = kept.store->due(kClock.boot(), 10).value();
    CHECK(ids(due) == ids(all));
    CHECK(due.front().envelope == all.front().envelope);
    CHECK(ids(kept.store->due(kClock.boot(), 2).value()) == ids({all[0], all[1]}));
}

TEMPLATE_TEST_CASE("markLater waits on the boot-time clock, another boot means now", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    const Item one = item(1);
    REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markLater(one.id, later(base::Millis(5000)), "server_fault"));

    CHECK(kept.store->due(later(base::Millis(4999)), 10)->empty());
    CHECK(kept.store->due(later(base::Millis(5000)), 10)->size() == 1);
    CHECK(kept.store->due({"boot-2", base::Millis(1)}, 10)->size() == 1);
    const Item found = kept.store->find(one.id).value().value();
    CHECK(found.tries == 1);
    CHECK(found.problem == "server_fault");
    CHECK(found.state == ItemState::Waiting);

    REQUIRE(kept.store->retry(one.id));
    CHECK(kept.store->due(kClock.boot(), 10)->size() == 1);
}

TEMPLATE_TEST_CASE("what needs attention is not due until it is retried", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const Item one = item(1);
    REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markNeedsAttention(one.id, "conflict"));
    CHECK(kept.store->due(kClock.boot(), 10)->empty());
    CHECK(kept.store->counts()->needsAttention == 1);
    CHECK(kept.store->find(one.id).value()->problem == "conflict");
    REQUIRE(kept.store->retry(one.id));
    CHECK(kept.store->due(kClock.boot(), 10)->size() == 1);
    CHECK(kept.store->find(one.id).value()->tries == 1);
}

TEMPLATE_TEST_CASE("what staff put aside is not sent until somebody asks for it again", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    const Item waiting = item(1), stuck = item(2), accepted = item(3);
    for (const Item& one : {waiting, stuck, accepted}) REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markNeedsAttention(stuck.id, "conflict"));
    REQUIRE(kept.store->markAccepted(accepted.id, kClock.wall()));
    CHECK_FALSE(kept.store->find(stuck.id).value()->aside());
    REQUIRE(kept.store->setAside(waiting.id, AsideReason::Withdrawn));
    REQUIRE(kept.store->setAside(stuck.id, AsideReason::Trial));
    CHECK(kept.store->setAside(accepted.id, AsideReason::Trial).error().kind == ProblemKind::NotFound);
    CHECK(kept.store->due(kClock.boot(), 10)->empty());
    CHECK(kept.store->find(waiting.id).value()->aside() == AsideReason::Withdrawn);
    CHECK(kept.store->find(waiting.id).value()->tries == 0);
    CHECK(kept.store->find(stuck.id).value()->problem == "aside_trial");
    // The agent was sending it meanwhile, and failed: it stays where staff put it.
    CHECK_FALSE(kept.store->markLater(waiting.id, later(base::Millis(1)), "no_network"));
    CHECK_FALSE(kept.store->markNeedsAttention(waiting.id, "conflict"));
    CHECK(kept.store->find(waiting.id).value()->aside() == AsideReason::Withdrawn);
    REQUIRE(kept.store->retry(waiting.id));
    CHECK_FALSE(kept.store->find(waiting.id).value()->aside());
    CHECK(ids(kept.store->due(kClock.boot(), 10).value()) == ids({waiting}));
    // Or it got through: then it is there.
    REQUIRE(kept.store->markAccepted(stuck.id, kClock.wall()));
    CHECK_FALSE(kept.store->find(stuck.id).value()->aside());
}

TEST_CASE("each reason for putting aside has a word of its own", "[outbox]") {
    for (const auto reason : kAsideReasons) CHECK(asideReasonFrom(name(reason)) == reason);
    CHECK_FALSE(asideReasonFrom("conflict"));
    CHECK_FALSE(asideReasonFrom("aside_"));
}

TEMPLATE_TEST_CASE("accepted is final for anybody but the epoch", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const Item one = item(1);
    REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markAccepted(one.id, kClock.wall()));
    CHECK(kept.store->markLater(one.id, later(base::Millis(1)), "x").error().kind == ProblemKind::NotFound);
    CHECK(kept.store->markNeedsAttention(one.id, "x").error().kind == ProblemKind::NotFound);
    CHECK(kept.store->retry(one.id).error().kind == ProblemKind::NotFound);
    const Item found = kept.store->find(one.id).value().value();
    CHECK(found.state == ItemState::Accepted);
    CHECK(found.acceptedAt == kClock.wall());
    CHECK(kept.store->counts()->accepted == 1);
}

TEMPLATE_TEST_CASE("the first time it was taken stays when it is offered again", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    const Item one = item(1);
    REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markAccepted(one.id, {kClock.wall(), 7}));
    REQUIRE(kept.store->offerAgain().value() == 1);
    REQUIRE(kept.store->markAllAccepted({one.id}, {kClock.wall() + std::chrono::hours(30), 9}));
    const Item found = kept.store->find(one.id).value().value();
    CHECK(found.acceptedAt == kClock.wall());
    CHECK(found.number == 9);
}

TEMPLATE_TEST_CASE("of what was kept with its hour only, no minute is told when it was taken", "[outbox]",
                   InMemory, OnDisk) {  // STANDARDS 14
    TestType kept;
    Item unnamed = item(1), named = item(2);
    unnamed.keptAt = base::coarseToHour(kClock.wall());
    const auto taken = unnamed.keptAt + std::chrono::minutes(95) + base::Millis(7);
    for (const Item& one : {unnamed, named}) {
        REQUIRE(kept.store->add(one));
        REQUIRE(kept.store->markAccepted(one.id, taken));
    }
    CHECK(unnamed.coarse());
    CHECK_FALSE(named.coarse());
    CHECK(kept.store->find(unnamed.id).value()->acceptedAt == unnamed.keptAt + std::chrono::hours(1));
    CHECK(kept.store->find(named.id).value()->acceptedAt == taken);
}

TEMPLATE_TEST_CASE("attempts are counted apart from an item's own trouble", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const Item one = item(1), other = item(2), gone = item(3);
    for (const Item& each : {one, other}) REQUIRE(kept.store->add(each));
    REQUIRE(kept.store->markBegun({one.id, gone.id}));
    REQUIRE(kept.store->markBegun({one.id, other.id}));
    for (const auto& [id, attempts] : {std::pair(one.id, 2), std::pair(other.id, 1)}) {
        CHECK(kept.store->find(id).value()->attempts == attempts);
        CHECK(kept.store->find(id).value()->tries == 0);
    }
    CHECK(kept.store->list({}, 10)->front().attempts == 2);
    REQUIRE(kept.store->markAllAccepted({one.id}, {kClock.wall(), 1}));
    CHECK(kept.store->prune(1).value() == 1);
    CHECK(kept.store->list({}, 10)->front().attempts == 1);
}

TEMPLATE_TEST_CASE("a batch is accepted in one go, whatever of it has gone meanwhile", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    const Item a = item(1), gone = item(2), b = item(3), other = item(4);
    for (const Item& one : {a, b, other}) REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markNeedsAttention(b.id, "conflict"));
    CHECK(kept.store->markAllAccepted({a.id, gone.id, b.id}, kClock.wall()));
    for (const Item& one : {a, b}) {
        const Item found = kept.store->find(one.id).value().value();
        CHECK(found.state == ItemState::Accepted);
        CHECK(found.acceptedAt == kClock.wall());
        CHECK(found.problem.empty());
    }
    CHECK(kept.store->find(other.id).value()->state == ItemState::Waiting);
    CHECK(kept.store->markAllAccepted({}, kClock.wall()));
}

TEMPLATE_TEST_CASE("marking what is not there", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const auto id = item(1).id;
    CHECK(kept.store->markAccepted(id, kClock.wall()).error().kind == ProblemKind::NotFound);
    CHECK(kept.store->markLater(id, kClock.boot(), "x").error().kind == ProblemKind::NotFound);
    CHECK(kept.store->markNeedsAttention(id, "x").error().kind == ProblemKind::NotFound);
    CHECK(kept.store->retry(id).error().kind == ProblemKind::NotFound);
}

TEMPLATE_TEST_CASE("lists go by state and carry no envelopes", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const Item a = item(1), b = item(2), c = item(3);
    for (const Item& one : {a, b, c}) REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->markNeedsAttention(b.id, "conflict"));
    REQUIRE(kept.store->markAccepted(c.id, kClock.wall()));
    CHECK(ids(kept.store->list({}, 10).value()) == ids({a, b, c}));
    CHECK(ids(kept.store->list({}, 2).value()) == ids({a, b}));
    CHECK(ids(kept.store->list(ItemState::Waiting, 10).value()) == ids({a}));
    CHECK(ids(kept.store->list(ItemState::NeedsAttention, 10).value()) == ids({b}));
    CHECK(ids(kept.store->list(ItemState::Accepted, 10).value()) == ids({c}));
    CHECK(kept.store->list({}, 10)->front().envelope.empty());
    CHECK(kept.store->list({}, 10)->front().bytes == a.envelope.size());
}

TEMPLATE_TEST_CASE("a new epoch offers again whatever was accepted", "[outbox]", InMemory, OnDisk) {
    TestType kept;  // STANDARDS 9
    const Item one = item(1), wrong = item(2), other = item(3);
    for (const Item& each : {one, wrong, other}) REQUIRE(kept.store->add(each));
    REQUIRE(kept.store->markAccepted(one.id, {kClock.wall(), 7}));
    REQUIRE(kept.store->markNeedsAttention(wrong.id, "conflict"));
    REQUIRE(kept.store->markAccepted(other.id, kClock.wall()));
    CHECK(kept.store->offerAgain().value() == 2);
    CHECK(ids(kept.store->due(kClock.boot(), 10).value()) == ids({one, other}));
    CHECK(kept.store->counts()->accepted == 0);
    CHECK(kept.store->counts()->needsAttention == 1);
}

TEMPLATE_TEST_CASE("prune drops accepted items and their files, and nothing else", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    Item old = item(1, "old"), fresh = item(2), waiting = item(3);
    const Item unnumbered = item(4), again = item(5);
    old.attachments = {put(*kept.store, "of old")};
    waiting.attachments = {put(*kept.store, "of waiting")};
    for (const Item& one : {old, fresh, waiting, unnumbered, again}) REQUIRE(kept.store->add(one));
    // A number that grows is told for whole batches; the last one is what counts.
    REQUIRE(kept.store->markAccepted(again.id, {kClock.wall(), 1}));
    REQUIRE(kept.store->markAllAccepted({again.id, fresh.id}, {kClock.wall(), 8}));
    REQUIRE(kept.store->markAccepted(old.id, {kClock.wall() + std::chrono::hours(1), 7}));
    REQUIRE(kept.store->markAccepted(unnumbered.id, kClock.wall()));
    CHECK(kept.store->find(again.id)->value().number == 8);
    CHECK(kept.store->prune(0).value() == 0);
    CHECK(kept.store->prune(7).value() == 1);
    CHECK(kept.store->find(unnumbered.id)->has_value());
    CHECK(kept.store->find(again.id)->has_value());
    CHECK_FALSE(kept.store->find(old.id)->has_value());
    CHECK_FALSE(kept.store->codeHashTaken("old").value());
    CHECK(kept.store->find(fresh.id)->has_value());
    CHECK(kept.store->attachmentPath(waiting.attachments[0].sha256));
}

TEMPLATE_TEST_CASE("attachments: stored, found, taken back unless an item names them", "[outbox]", InMemory,
                   OnDisk) {
    TestType kept;
    const std::string bytes("cipher\0text", 11);
    const auto named = put(*kept.store, bytes), lonely = put(*kept.store, "lonely");
    CHECK(contents(kept.store->attachmentPath(named.sha256).value()) == bytes);
    Item one = item(1);
    one.attachments = {named};
    REQUIRE(kept.store->add(one));
    REQUIRE(kept.store->discardAttachment(named.sha256));
    REQUIRE(kept.store->discardAttachment(lonely.sha256));
    CHECK(kept.store->attachmentPath(named.sha256));
    CHECK(kept.store->attachmentPath(lonely.sha256).error().kind == ProblemKind::FileMissing);
}

TEMPLATE_TEST_CASE("an attachment's name can name nothing but an attachment", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    const std::string good(64, 'a');
    for (const std::string& name :
         {std::string("../../etc/passwd"), std::string(64, 'A'), std::string(63, 'a'), std::string()}) {
        CAPTURE(name);
        CHECK(kept.store->putAttachment({name, 3}, "abc").error().kind == ProblemKind::Malformed);
        CHECK(kept.store->attachmentPath(name).error().kind == ProblemKind::FileMissing);
    }
    CHECK(kept.store->putAttachment({good, 4}, "abc").error().kind == ProblemKind::Malformed);
    CHECK(kept.store->putAttachment({good, 0}, "").error().kind == ProblemKind::Malformed);
}

TEMPLATE_TEST_CASE("notes", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    CHECK(kept.store->note("epoch").value().empty());
    REQUIRE(kept.store->setNote("epoch", "one"));
    REQUIRE(kept.store->setNote("epoch", "two"));
    REQUIRE(kept.store->setNote("other", "x"));
    CHECK(kept.store->note("epoch").value() == "two");
}

TEMPLATE_TEST_CASE("many threads keep and send at once", "[outbox]", InMemory, OnDisk) {
    TestType kept;
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                const Item one = item(i);
                if (!kept.store->add(one) || !kept.store->markAccepted(one.id, kClock.wall())) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(failures == 0);
    CHECK(kept.store->counts()->accepted == 100);
}
