#pragma once
#include "ui/screens/Host.h"
#include "ui/screens/staff/StaffSections.h"

namespace tram::screens {

/// Who has signed in, as their pages show it.
struct StaffView {
    std::string name, unit;  ///< as on the staff list; unit may be ""
    wire::StaffRole role = wire::StaffRole::Helper;
    std::size_t waiting = 0;  ///< in the queue: stands beside its section
};

/// What stands around every page of staff (staff.png): who, the line, *Khoá màn hình*, the time; the sections
/// at the side, or above where there is no width, or behind one button where letters are large. Pages of
/// staff are `Page::whole`.
class StaffFrame {
  public:
    struct Calls {
        std::function<void(StaffSection)> onSection;
        kit::Action onLock;
    };
    /// `there`: sections that have a page here.
    StaffFrame(Host& host, Calls calls, std::vector<StaffSection> there = allStaffSections());

    kit::ViewRef around(const StaffView& who, StaffSection current, kit::ViewRef content);
    /// True when the sections lay over the page, and are gone now.
    bool back();

  private:
    enum class Form { Beside, Above, Behind };
    Form form() const;
    kit::ViewRef head(const StaffView& who, StaffSection current);
    kit::ViewRef narrowHead(const StaffView& who, StaffSection current);
    kit::ViewRef menuButton(const StaffView& who, StaffSection current);
    kit::ViewRef lockChip() const;
    kit::ViewRef clock() const;
    kit::ViewRef beside(const StaffView& who, StaffSection current, kit::ViewRef content);
    kit::ViewRef above(const StaffView& who, StaffSection current, kit::ViewRef content);
    kit::ViewRef menu(const StaffView& who, StaffSection current);
    std::vector<kit::SectionOptions> options(const StaffView& who, StaffSection current);
    kit::Views sections(const StaffView& who, StaffSection current);
    kit::ViewRef look() const;

    Host& host_;
    Calls calls_;
    std::vector<StaffSection> there_;
    bool open_ = false;  ///< the sections, where they are behind a button
};

/// One of several that somebody chooses between, denser than residents' choices.
kit::ViewRef staffChoice(std::string id, const std::string& label, bool chosen, kit::Action press);
/// A page's cards one below the other, scrolling when they must.
kit::ViewRef staffBody(const Host& host, std::string id, kit::Views cards);
/// What somebody's tile shows: the first letters of the first and the last word in capitals.
std::string initialsOf(std::string_view name);

}  // namespace tram::screens
