#include "assist/Duty.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using namespace tram::assist;
using Hindrance = Helping::Hindrance;
using How = wire::Handling::How;
using ledger::Kind;
using wire::StaffRole;

namespace {

struct Post {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    test::TempDir dir;
    std::vector<ledger::Event> log;
    std::optional<wire::Handling> told;
    std::optional<base::Problem> disk;  ///< what writing a line says
    std::shared_ptr<AssistedDrafts> drafts = std::make_shared<AssistedDrafts>(dir.path() / "drafts", clock);
    Duty duty{{{},
               std::make_shared<Lockout>(dir.path() / "lockout.json", clock),
               drafts,
               "Trạm Bàn Cờ 02",
               [this](auto handling) { told = std::move(handling); },
               [this](const ledger::Event& event) -> base::Result<void> {
                   REQUIRE(ledger::check(event));
                   if (disk) return tl::unexpected(*disk);
                   log.push_back(event);
                   return {};
               }},
              scheduler,
              clock};

    StaffSession session(StaffRole role = StaffRole::Helper, unsigned char seed = 1) const {
        return {{"S-7K3Q", "Thử", "Tổ 03", role},
                SignedInBy::BadgeAndPin,
                base::SecretText("TRAMBADGE1:X"),
                base::SecretBytes(crypto::Bytes(StaffSession::kSeedBytes, seed)),
                clock.boot()};
    }
    std::string kinds() const {
        std::string all;
        for (const auto& event : log) all += (all.empty() ? "" : " ") + std::string(name(event.kind));
        return all;
    }
    void agree() {
        duty.openFile(Identified::NotAtAll);
        duty.consent("assist-vi-1", How::Aloud);
    }
};

}  // namespace

TEST_CASE("duty: nobody on duty hinders nothing and is in no action") {
    Post post;
    CHECK_FALSE(post.duty.active());
    CHECK(post.duty.hindrance(Errand::Feedback) == Hindrance::None);
    post.duty.did(Errand::Feedback);
    post.duty.lock(Duty::Why::Asked);
    post.duty.finish(Disposition::Helped);
    post.duty.end("asked");
    CHECK(post.log.empty());
    CHECK_FALSE(post.told);
}

TEST_CASE("duty: actions say who helps, with consent once it is given, and nothing after it is taken back") {
    Post post;
    post.duty.begin(post.session());
    REQUIRE(post.told);
    CHECK(post.told->staff == "S-7K3Q");
    CHECK(post.told->desk == "Trạm Bàn Cờ 02");
    CHECK_FALSE(post.told->consent);
    CHECK(post.duty.hindrance(Errand::Feedback) == Hindrance::NeedsFile);
    CHECK(post.duty.hindrance(Errand::Rights) == Hindrance::NotThisRole);
    post.agree();
    REQUIRE(post.told->consent);
    CHECK(post.told->consent->text == "assist-vi-1");
    CHECK(post.duty.hindrance(Errand::Feedback) == Hindrance::None);
    post.duty.refuse("assist-vi-1");
    CHECK_FALSE(post.told->consent);
    CHECK(post.duty.hindrance(Errand::Feedback) == Hindrance::NeedsConsent);
    post.agree();
    post.duty.finish(Disposition::Helped);
    CHECK_FALSE(post.told->consent);
    post.duty.end("asked");
    CHECK_FALSE(post.told);
    CHECK(post.kinds() ==
          "sign_in help_started file_opened consent_given consent_refused consent_given help_ended "
          "session_ended");
    CHECK(std::get<std::string>(post.log[4].members.at("when")) == "half_way");
}

TEST_CASE("duty: idleness locks, a locked session is in no action, and after twelve hours it is over") {
    Post post;
    post.duty.begin(post.session());
    post.clock.advance(29min);
    CHECK(post.duty.look() == StaffSession::Standing::Active);
    post.duty.touch();
    post.clock.advance(29min);
    CHECK(post.duty.look() == StaffSession::Standing::Active);
    post.clock.advance(2min);
    CHECK(post.duty.look() == StaffSession::Standing::Locked);
    CHECK_FALSE(post.duty.active());
    CHECK_FALSE(post.told);
    CHECK(post.duty.session()->draftSeed().empty());
    CHECK(post.kinds() == "sign_in help_started locked");
    CHECK(std::get<std::string>(post.log.back().members.at("reason")) == "idle");
    CHECK(post.duty.look() == StaffSession::Standing::Locked);
    CHECK(post.log.size() == 3);  // said once
    post.clock.advance(12h);
    CHECK(post.duty.look() == StaffSession::Standing::Ended);
}

TEST_CASE("duty: a draft is its owner's, offered again after a crash, and gone once the resident is") {
    Post post;
    post.duty.begin(post.session());
    post.agree();
    post.duty.keepDraft(base::SecretText("nước ngập"));
    post.duty.keepDraft(base::SecretText("nước ngập tới gối"));
    post.scheduler.settle();
    {
        // The power is cut here; another image, the same owner.
        Duty later(Duty::Parts{{},
                               std::make_shared<Lockout>(post.dir.path() / "l.json", post.clock),
                               post.drafts,
                               "Trạm",
                               [](auto) {},
                               [](const auto&) { return base::Result<void>(); }},
                   post.scheduler, post.clock);
        later.begin(post.session(StaffRole::Helper, 2));
        post.scheduler.settle();
        CHECK(later.drafts().empty());  // another's
        later.end("asked");
        later.begin(post.session());
        post.scheduler.settle();
        REQUIRE(later.drafts().size() == 1);
        // Not gone on with: it stays where it is, also when the resident goes.
        later.restoreDraft(later.drafts().front().id, [](const auto&) { return false; });
        post.scheduler.settle();
        later.finish(Disposition::Left);
        REQUIRE(later.drafts().size() == 1);
        std::string read;
        later.restoreDraft(later.drafts().front().id, [&](base::Result<base::SecretBytes> bytes) {
            REQUIRE(bytes);
            read.assign(bytes->reveal().begin(), bytes->reveal().end());
            return true;
        });
        post.scheduler.settle();
        CHECK(read == "nước ngập tới gối");
        CHECK(later.drafts().empty());
        later.finish(Disposition::Helped);
    }
    const auto left = post.drafts->offeredTo(base::SecretBytes(crypto::Bytes(StaffSession::kSeedBytes, 1)));
    REQUIRE(left);
    CHECK(left->empty());
    // What is still on its way when the resident goes is kept no more.
    post.duty.keepDraft(base::SecretText("nước ngập tới ngực"));
    post.duty.finish(Disposition::Left);
    post.scheduler.settle();
    CHECK(post.drafts->offeredTo(base::SecretBytes(crypto::Bytes(StaffSession::kSeedBytes, 1)))->empty());
}

TEST_CASE("duty: who came with a code keeps no draft") {
    Post post;
    post.duty.begin(
        {{"S-7K3Q", "Thử", "", StaffRole::Helper}, SignedInBy::CodeAndPin, {}, {}, post.clock.boot()});
    post.duty.keepDraft(base::SecretText("nước ngập"));
    post.scheduler.settle();
    CHECK(std::get<std::string>(post.log.front().members.at("way")) == "code");
    CHECK_FALSE(std::filesystem::exists(post.dir.path() / "drafts"));
}

TEST_CASE("duty: what cannot be written down is told to who is on duty, until it can") {
    Post post;
    post.disk = base::Problem{base::ProblemKind::DiskFull, {}};
    post.duty.begin(post.session());
    REQUIRE(post.duty.trouble());
    CHECK(post.duty.trouble()->kind == base::ProblemKind::DiskFull);
    post.disk.reset();
    post.duty.did(Errand::LookUp);
    CHECK_FALSE(post.duty.trouble());
}

TEST_CASE("duty: a supervisor sees whom wrong PINs have locked out, and unlocks, and others see nobody") {
    Post post;
    Lockout lockout(post.dir.path() / "lockout.json", post.clock);
    const Lockout::Attempt attempt{.member = "S-9"};
    for (int error = 0; error < Lockout::kLockedAt; ++error) {
        REQUIRE(lockout.begin(attempt));
        post.clock.advance(wire::SignInWait::after(error + 1));
    }
    post.duty.begin(post.session(StaffRole::Helper));
    CHECK(post.duty.lockedOut().empty());
    post.duty.unlockStaff("S-9");
    CHECK(lockout.look(attempt)->gate == Lockout::Gate::Locked);
    post.duty.end("asked");
    post.duty.begin(post.session(StaffRole::Supervisor));
    CHECK(post.duty.lockedOut() == std::vector<std::string>{"S-9"});
    post.duty.unlockStaff("S-9");
    CHECK(post.duty.lockedOut().empty());
    CHECK(lockout.look(attempt)->gate == Lockout::Gate::Open);
    REQUIRE(post.log.back().kind == Kind::StaffUnlocked);
    CHECK(std::get<std::string>(post.log.back().members.at("whom")) == "S-9");
}

TEST_CASE("duty: refusals are written down, by badge or code, and nothing else of signing in") {
    Post post;
    post.duty.refused(sign::Badge{}, false);
    post.duty.refused(sign::Checking{}, false);
    post.duty.refused(sign::NotABadge{}, false);
    CHECK(post.log.empty());
    post.duty.refused(sign::Wrong{}, true);
    post.duty.refused(sign::Locked{true}, false);
    REQUIRE(post.log.size() == 2);
    CHECK(std::get<std::string>(post.log[0].members.at("reason")) == "wrong_pin");
    CHECK(std::get<std::string>(post.log[0].members.at("way")) == "code");
    CHECK(std::get<std::string>(post.log[1].members.at("reason")) == "station_locked");
}
