#pragma once
#include <map>

#include "ui/screens/staff/StaffFrame.h"

namespace tram::screens {

/// What one section shows; the frame stands around it.
class StaffPage {
  public:
    virtual ~StaffPage() = default;
    virtual std::string name() const = 0;  ///< "queue": on the screen "staff_queue"
    virtual kit::ViewRef render() = 0;
    virtual std::map<std::string, Field> fields() { return {}; }
    virtual bool back() { return false; }  ///< as Screen::back()
    virtual void covered(bool) {}          ///< as Screen::covered(), and false once it stands in its section
};

/// The pages of whoever has signed in, one section at a time. A page begins afresh each time it is opened.
class StaffScreen final : public Screen {
  public:
    using Make = std::function<std::unique_ptr<StaffPage>()>;
    struct Setup {
        std::function<StaffView()> who;  ///< asked at each drawing
        std::map<StaffSection, Make> pages;
        kit::Action onLock;
        StaffSection first = StaffSection::Help;  ///< where it begins, if there is such a page for this role
    };
    StaffScreen(Host& host, Setup setup);

    std::string name() const override;
    Page render() override;
    bool back() override;
    void covered(bool over) override { page_->covered(over); }
    /// Nothing happens when the role may not, or when there is no such page.
    void show(StaffSection section);
    StaffSection section() const { return current_; }
    StaffPage& page() { return *page_; }

  private:
    std::vector<StaffSection> open() const;

    Host& host_;
    Setup setup_;
    StaffFrame frame_;
    StaffSection current_;
    std::unique_ptr<StaffPage> page_;
};

}  // namespace tram::screens
